"""First names that are common in Denmark: they tell where a person begins in "direktør for Nordlys Ann Holm".

A name that is not here is still read as a person wherever the sentence says that a person stands there.
"""

from __future__ import annotations

FIRST_NAMES = frozenset(
    """
    Aage Aagot Aase Abdul Adam Adrian Agnes Agnete Agnieszka Ahmad Ahmed Ahmet Aida Aja Aksel Alaa Albert Alberte
    Alejandro Aleksander Aleksandra Alex Alexander Alexandra Alfred Ali Alice Alina Allan Alma Alvin Amalia Amalie
    Amanda Amelia Amir Ananya Anas Anastasia Anders Andrea Andreas Andrei Andrew Andrey André Ane Anemone Anette Angela
    Anil Anita Anja Ann Anna Annalise Anne Annegrete Anneli Annelise Annemarie Annemette Annette Anni Annie Annika
    Ante Anthon Anthony Anton Antonio Anya Arash Arif Arne Arnold Aron Arthur Arun Arvid Asbjørn Asger Asgerd Asif Ask
    Aske Asta Astrid Atle Attila Aud August Axel Ayse Aziz Babak Barbara Bartosz Bastian Beata Beate Ben
    Benedikte Benjamin Bennet Benny Bent Bente Benthe Berit Bernhard Bert Betina Bettina Bianca Bilal Birger Birgit
    Birgitta Birgitte Birte Birthe Bitten Bjarke Bjarne Bjørn Bo Bodil Bogdan Bolette Boris Brian Brit Britt Britta
    Bruno Buster Camilla Carina Carl Carla Carlo Carlos Carolin Carolina Caroline Carsten Caspar Casper Catharina
    Catherine Cathrine Cecilia Cecilie Cem Charles Charlotte Chen Chiara Chris Christa Christel Christen Christer
    Christian Christiane Christina Christine Christoffer Christopher Ciara Cille Claes Clara Claudia Claus Clement Colin
    Connie Conny Cornelia Cornelius Cristian Cristina Curt Dag Dagmar Dagny Daiva Damian Dan Daniel Daniela Daniella
    Danni Dannie Danny Dario David Davide Dawid Deepak Deniz Dennis Diana Dick Diego Dina Dion Ditlev Ditte Dmitri
    Dominik Donald Dora Dorte Dorthe Dorthea Ea Ebbe Eddy Edit Edith Edvard Edward Egil Egon Eigil Einar Eirik Ejgil
    Ejnar Ejvind Ekaterina Elena Eli Elias Elin Elisa Elisabeth Elise Ella Ellen Ellinor Else Elsebeth Emanuel Emil
    Emilie Emily Emma Emmely Emre Enrico Eric Erica Erik Erika Erkan Erland Erling Ernst Erwin Esben Eske Esra Ester
    Esther Eugen Eva Evald Eveline Evy Ewa Fabian Fabio Fadi Farhad Farid Fatima Fatma Felix Ferdinand Fernando Fie
    Filip Finn Flemming Florian Folmer Francesco Francisco Franciska Frank Frans Franz Fred Freddy Frede Frederik
    Frederikke Frej Freja Frida Frits Fritz Frode Gabriel Gabriela Geert Georg George Gerda Gerner Gert Giovanni Gitta
    Gitte Giulia Giuseppe Glenn Glennie Goran Gordon Gorm Gregers Grete Grethe Grith Gry Grzegorz Gudrun Gunhild Gunnar
    Gunner Gurli Gustav Gustavo Gyda Hagbard Hakan Hakon Halfdan Hamid Hanna Hannah Hanne Hans Harald Haris Harry Hasan
    Hassan Hasse Hedvig Heidi Heike Heine Heino Heinrich Helen Helena Helene Helga Helge Helle Henning Henri Henriette
    Henrik Henry Herbert Herdis Herluf Herman Hermann Hilda Hilmar Hjalmar Hjalte Holger Hugo Hussein Ian Ib Iben
    Ibrahim Ida Igor Ilona Imran Ines Inga Inge Ingeborg Ingelise Inger Ingolf Ingrid Ingvar Ioana Irene Irina Iris Irma
    Isabel Isabella Isabelle Isak Ismail Ivan Ivar Iver Jack Jacob Jakob Jamal James Jamie Jan Jane Janne Jannich
    Jannick Jannie Jannik Janus Jarl Jaroslaw Jasmin Jason Jasper Jean Jeanet Jeanett Jeanette Jeanne Jeff Jens Jeppe
    Jeremy Jes Jesper Jessica Jessie Jette Jill Jim Jimmi Jimmy Joachim Joakim Joan Joanna Joel Johan Johanna Johannes
    John Johnnie Johnny Jon Jonas Jonatan Jonathan Jonna Jonni Jonny Jorge Jose Josefine Joseph Josephine José Juan
    Judith Julia Julian Julie Julius June Jytte Jørgen Jørn Jörg Jörgen Jürgen Kaare Kadir Kai Kaj Kamal Kamilla Kamille
    Kamma Karen Karim Karin Karina Karl Karla Karolina Karoline Karsten Kasper Katarzyna Kate Katharina Katherine
    Kathrine Katja Katrin Katrine Kay Keith Keld Kelvin Ken Kenn Kennet Kenneth Kennie Kenny Kent Kerry Kerstin Kevin
    Khaled Kim Kira Kirsten Kirsti Kirstine Kit Kitty Kjartan Kjeld Kjell Klara Klaus Klavs Knud Konrad Kresten Kris
    Kristen Krister Kristian Kristin Kristina Kristine Kristján Kristoffer Krzysztof Kurt Kåre Käthe Laila Lars Lasse
    Lau Lauge Laura Lauri Laurids Laurits Laust Lea Leif Leila Lena Lene Lennart Leo Leon Leonard Leonora Leslie Lili
    Lilian Lillian Lilly Lily Lina Linda Line Linea Linnea Lis Lisa Lisbet Lisbeth Lise Liselotte Lissi Liv Liva Lizette
    Lizzi Lizzie Lone Lorenzo Lotte Louis Louise Luca Lucas Lucia Luis Luise Luka Lukas Lykke Lærke Maciej Mads
    Magda Magdalena Magne Magnus Mahmoud Mai Maibritt Maiken Maja Majbrit Majbritt Majken Maleen Malene Malgorzata
    Malin Malou Malte Malthe Manfred Manuel Marc Marcel Marcin Marco Marcus Marek Maren Margaret Margareta Margit
    Margrethe Mari Maria Mariam Mariane Marianne Marie Marika Marina Mario Marius Mark Marko Markus Marlene Marta Martha
    Marthe Martin Martina Mary Mateusz Mathias Mathilde Matias Mats Matteo Matthew Matthias Max Maxim Maya Mehdi Mehmet
    Mehran Melanie Merete Merethe Meta Mette Mette-Marie Mia Michael Michal Michala Michelle Mick Mie Miguel Mikael Mike
    Mikkel Milan Milla Mille Ming Minna Mira Mirela Miriam Mladen Mogens Mohamad Mohamed Mohammad Mohammed Mona Monica
    Monika Monique Morten Muhammad Murat Mustafa Nabil Nadia Nadja Nana Nanna Nasser Natalia Natalie Natasa Natasha
    Neil Nermin Nete Nicholas Nick Nicklas Niclas Nicolai Nicolaj Nicolas Nicole Niels Nikita Niklas Nikola Nikolai
    Nikolaj Nikolas Nils Nina Nis Noah Noomi Nuno Oda Ola Olaf Olav Ole Oleg Olena Olga Oliver Olof Oluf Omar Orla Oscar
    Oskar Osman Otto Ove Pablo Palle Pamela Paolo Pascal Patricia Patrick Patrik Patrycja Paul Paula Pauli Paulina
    Pauline Paulo Pavel Pawel Peder Pedro Peer Pekka Pelle Per Pernille Per-Erik Peter Petra Petter Philip Philipp
    Phillip Pia Pierre Piotr Poul Povl Preben Puk Rachel Radek Rafael Rafal Ragnhild Rahul Raj Rajesh Ralf Ralph Ramona
    Randi Rasmus Ravi Raymond Rebecca Rebekka Reem Regin Regitze Regnar Reinhard Renata Renate Rene Renny René Reza
    Ricardo Riccardo Richard Rikke Rita Roar Robert Roberto Robin Roger Roland Rolf Roman Ronald Ronni Ronnie Ronny Rosa
    Ross Ruben Rudi Rudolf Rune Ruth Ryan Saba Sabina Sabine Sabrina Sadia Said Sally Salman Sam Sami Samir Samira
    Samuel Sandeep Sander Sandra Sanjay Sanne Sara Sarah Sarita Sascha Saša Scott Sean Sebastian Sebastião Selim Selma
    Sergei Sergej Sergio Severin Shahid Shane Sharon Sidse Sidsel Signe Sigrid Sigurd Silas Silje Silvia Simon Simona
    Simone Sine Siri Sisse Siv Sofia Sofie Sofus Solveig Sonja Sonny Sophia Sophie Staffan Steen Stefan Stefano
    Steffan Steffen Stella Sten Stephan Stephanie Stephen Steve Steven Stig Stina Stine Stinne Stuart Sune Suresh Susan
    Susana Susanne Susie Suzanne Svein Sven Svend Svenja Svenning Sverre Sylvester Søren Søs Tage Tania Tanja Tara Tariq
    Tatiana Ted Teddy Teis Tenna Teresa Terese Terkel Terry Thea Theis Theo Theodor Theresa Therese Thit Thomas Thor
    Thora Thorbjørn Thorbjörn Thore Thorkil Thorkild Thorsten Thorvald Thue Thyge Thyra Tiffany Tilde Tim Timm Timo Tina
    Tine Tinie Tobias Toke Tom Tomas Tomasz Tommy Tone Toni Tonie Tonni Tonny Tony Tor Tora Torben Torbjörn Tore Torkil
    Torkild Torsten Tove Trine Troels Trond Tue Tuva Tyge Uffe Ulf Ulla Ulrich Ulrik Ulrika Ulrike Ulrikke Umar Vagn
    Valdemar Valentin Valeria Vanessa Vasile Vera Verner Veronica Vibe Vibeke Victor Victoria Vigga Viggo
    Vijay Viktor Viktoria Viktorija Vilhelm Villads Villy Vincent Viola Vita Vivi Vivian Vivianne Vladimir Walther Wei
    Wenche Wendy Werner Wilhelm William Willy Winnie Wojciech Xavier Xenia Yasin Yasmin Yousef Yrsa Yuri Yusuf Yvonne
    Zacharias Zenia Zita Zoran Øivind Ørjan Øystein Åge Åsa Åse Özlem
    """.split()
)


def is_first_name(word: str) -> bool:
    """Whether a word is a first name, or two tied together of which the first is one: "Ann-Sofie"."""
    return word in FIRST_NAMES or word.split("-", 1)[0] in FIRST_NAMES
