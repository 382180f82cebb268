"""First names that are common in Denmark: they tell where a person begins in "direktør for Nordlys Ann Holm".

A name that is not here is still read as a person wherever the sentence says that a person stands there.
"""

from __future__ import annotations

FIRST_NAMES = frozenset(
    """
    Aage Abdul Adam Adrian Agnes Agnieszka Ahmad Ahmed Ahmet Aida Aksel Alaa Albert Alberte Alejandro Aleksander
    Aleksandra Alex Alexander Alexandra Alfred Ali Alice Alina Allan Alma Amalia Amalie Amanda Amelia Amir
    Ananya Anas Anastasia Anders Andrea Andreas Andrei Andrew Andrey Ane Anette Angela Anil Anita Anja Ann Anna
    Annalise Anne Anneli Annelise Annemarie Annemette Annette Anni Annie Annika Ante Anthon Anthony Anton
    Antonio Anya Arash Arif Arne Arnold Arthur Arun Arvid Asbjørn Asger Asif Ask Asta Astrid Attila Aud August
    Axel Ayse Aziz Babak Barbara Bartosz Bastian Beata Beate Ben Benedikte Benjamin Bennet Benny Bent Bente
    Berit Bernhard Bert Bettina Bilal Birger Birgit Birgitta Birgitte Birte Birthe Bitten Bjarke Bjarne Bjørn Bo
    Bodil Bogdan Boris Brian Britt Britta Bruno Camilla Carina Carl Carla Carlo Carlos Carolin Carolina Caroline
    Carsten Casper Catharina Catherine Cathrine Cecilia Cecilie Cem Charles Charlotte Chen Chiara Chris Christa
    Christel Christen Christer Christian Christiane Christina Christine Christoffer Christopher Ciara Claes
    Clara Claudia Claus Connie Conny Cornelia Cornelius Cristian Cristina Dag Dagmar Dagny Daiva Damian Dan
    Daniel Daniela Daniella Danny Dario David Davide Dawid Deepak Deniz Dennis Diana Diego Dina Ditlev Ditte
    Dmitri Dominik Donald Dora Dorte Dorthe Dorthea Ea Ebbe Edit Edith Edvard Edward Egon Eigil Einar Eirik Ejnar
    Ejvind Ekaterina Elena Eli Elias Elin Elisa Elisabeth Elise Ella Ellen Ellinor Else Emanuel Emil Emilie
    Emily Emma Emre Enrico Eric Erica Erik Erika Erkan Erland Erling Ernst Erwin Esben Eske Esra Ester Esther
    Eugen Eva Eveline Ewa Fabian Fabio Fadi Farhad Farid Fatima Fatma Felix Ferdinand Fernando Filip Finn
    Flemming Florian Folmer Francesco Francisco Frank Frans Franz Fred Freddy Frede Frederik Frederikke Freja Frida
    Fritz Frode Gabriel Gabriela Geert Georg George Gerda Gert Giovanni Gitte Giulia Giuseppe Glenn Goran Gordon
    Gorm Grete Grethe Grzegorz Gudrun Gunhild Gunnar Gunner Gurli Gustav Hakan Hakon Halfdan Hamid Hanna Hannah
    Hanne Hans Harald Haris Harry Hasan Hassan Hasse Heidi Heike Heine Heinrich Helen Helena Helene Helga Helge
    Helle Henning Henri Henriette Henrik Henry Herbert Herdis Herluf Herman Hermann Hilda Hjalte Holger Hugo
    Hussein Ib Ibrahim Ida Igor Ilona Imran Ines Inga Inge Ingeborg Ingelise Inger Ingolf Ingrid Ingvar Ioana
    Irene Irina Iris Isabel Isabella Ismail Ivan Ivar Iver Jack Jacob Jakob Jamal James Jamie Jan Jane Janne
    Jannick Jannie Jannik Janus Jaroslaw Jasmin Jason Jasper Jean Jeanet Jeanette Jeanne Jeff Jens Jeppe Jeremy
    Jesper Jessica Jessie Jette Jill Jim Jimmi Jimmy Joachim Joakim Joan Joanna Joel Johan Johanna Johannes John
    Johnnie Johnny Jon Jonas Jonatan Jonathan Jonna Jonny Jorge Jose Josefine Joseph Josephine José Juan Julia
    Julian Julie Julius Jytte Jörg Jörgen Jørgen Jørn Jürgen Kaare Kadir Kai Kaj Kamal Kamilla Kamille Karen
    Karim Karin Karina Karl Karla Karolina Karoline Karsten Kasper Katarzyna Kate Katharina Katherine Kathrine
    Katja Katrin Katrine Kay Keith Keld Kelvin Ken Kenn Kenneth Kenny Kent Kerry Kerstin Kevin Khaled Kim Kira
    Kirsten Kirsti Kirstine Kit Kjeld Kjell Klara Klaus Knud Konrad Kresten Kris Kristen Krister Kristian
    Kristina Kristine Kristján Kristoffer Krzysztof Kurt Käthe Laila Lars Lasse Lau Lauge Laura Lauri Laurids
    Laurits Laust Lea Leif Leila Lena Lene Lennart Leo Leon Leonard Leonora Leslie Lili Lilian Lillian Lilly
    Lily Lina Linda Line Linea Linnea Lis Lisa Lisbet Lisbeth Lise Liselotte Lissi Liv Liva Lizette Lizzi Lone
    Lorenzo Lotte Louis Louise Luca Lucas Lucia Luis Luise Luka Lukas Lykke Lærke Maciej Mads Magda Magdalena
    Magne Magnus Mahmoud Mai Maiken Maja Majbrit Majbritt Majken Maleen Malene Malgorzata Malin Malte Malthe
    Manfred Manuel Marc Marcel Marcin Marco Marcus Marek Margaret Margareta Margit Margrethe Mari Maria Mariam
    Mariane Marianne Marie Marika Marina Mario Marius Mark Marko Markus Marlene Marta Martha Marthe Martin
    Martina Mary Mateusz Mathias Mathilde Matias Mats Matteo Matthew Matthias Max Maxim Maya Mehdi Mehmet Mehran
    Merete Merethe Meta Mette Mia Michael Michal Michala Michelle Mick Mie Miguel Mikael Mike Mikkel Milan Milla
    Mille Ming Minna Mira Mirela Mladen Mogens Mohamed Mohammad Mohammed Mona Monica Monika Monique Morten Murat
    Mustafa Nabil Nadia Nadja Nana Nanna Nasser Natalia Natalie Natasa Natasha Neil Nermin Nete Nicholas Nick
    Nicklas Niclas Nicolai Nicolas Nicole Niels Niklas Nikola Nikolai Nikolaj Nikolas Nils Nina Nis Noah Noomi
    Nuno Oda Ola Olav Ole Oleg Olena Olga Oliver Olof Oluf Omar Oscar Oskar Osman Otto Ove Pablo Palle Paolo
    Pascal Patricia Patrick Patrik Patrycja Paul Paula Paulina Pauline Paulo Pavel Pawel Peder Pedro Pekka Pelle
    Per Per-Erik Pernille Peter Petra Petter Philip Philipp Phillip Pia Pierre Piotr Poul Povl Preben Rachel
    Radek Rafael Rafal Ragnhild Rahul Raj Rajesh Ralf Ralph Ramona Randi Rasmus Ravi Raymond Rebecca Rebekka
    Reem Regin Regitze Regnar Reinhard Renata Renate Rene René Reza Ricardo Riccardo Richard Rikke Rita Robert
    Roberto Robin Roger Roland Rolf Roman Ronald Ronni Ronnie Ronny Rosa Ross Ruben Rudi Rudolf Rune Ruth Ryan
    Saba Sabina Sabine Sabrina Sadia Said Sally Salman Sam Sami Samir Samira Samuel Sandeep Sander Sandra Sanjay
    Sanne Sara Sarah Sarita Sascha Saša Scott Sean Sebastian Sebastião Selim Selma Sergei Sergej Sergio Severin
    Shahid Shane Sharon Signe Sigrid Sigurd Silas Silje Silvia Simon Simona Simone Sine Siri Sisse Siv Sofia
    Sofie Sofus Solveig Sonja Sonny Sophia Sophie Steen Stefan Stefano Steffan Steffen Stella Sten Stephan
    Stephanie Stephen Steve Steven Stig Stina Stine Stinne Stuart Sune Suresh Susan Susana Susanne Suzanne Svein
    Sven Svend Svenja Sverre Sylvester Søren Tania Tanja Tariq Tatiana Ted Teddy Teis Teresa Terese Terkel Terry
    Thea Theis Theo Theodor Theresa Therese Thomas Thor Thora Thorbjörn Thorbjørn Thorkil Thorkild Thorsten
    Thorvald Thyge Thyra Tim Timo Tina Tine Tobias Tom Tomas Tomasz Tommy Tonie Tonni Tonny Tony Tor Torben
    Torbjörn Tore Torkil Torkild Torsten Tove Trine Troels Trond Tue Tuva Tyge Uffe Ulf Ulla Ulrich Ulrik Ulrika
    Ulrike Ulrikke Umar Urban Vagn Valdemar Valentin Valeria Vanessa Vasile Vera Verner Veronica Vibe Vibeke
    Victor Victoria Vigga Viggo Vijay Viktor Viktoria Viktorija Villads Villy Vincent Viola Vita Vivi Vivian
    Vivianne Vladimir Wei Wendy Werner Wilhelm William Willy Winnie Wojciech Xavier Xenia Yasin Yasmin Yousef
    Yuri Yusuf Yvonne Zacharias Zenia Zita Zoran Åge Åsa Åse Özlem Øivind Ørjan Øystein
    """.split()
)
