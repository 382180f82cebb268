PRAGMA application_id = 1312904782;
BEGIN TRANSACTION;
CREATE TABLE alarm (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	sentence VARCHAR NOT NULL, 
	advice VARCHAR NOT NULL, 
	notified_at DATETIME, 
	CONSTRAINT pk_alarm PRIMARY KEY (id), 
	CONSTRAINT ck_alarm_stage_known CHECK (stage IN ('discovery', 'fetch', 'wall', 'layout', 'field', 'yield')), 
	CONSTRAINT fk_alarm_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_alarm_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
);
INSERT INTO "alarm" VALUES(1,1,1,'yield','fell','Too few.','Look.',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE company (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_folded VARCHAR NOT NULL, cvr VARCHAR, 
	CONSTRAINT pk_company PRIMARY KEY (id), 
	CONSTRAINT uq_company_key UNIQUE ("key")
);
INSERT INTO "company" VALUES(1,'nordlys data','Nordlys Data A/S','nordlys data a/s',NULL);
INSERT INTO "company" VALUES(2,'sydlys','Sydlys','sydlys',NULL);
INSERT INTO "company" VALUES(3,'vestlys','Vestlys','vestlys',NULL);
INSERT INTO "company" VALUES(4,'østlys','Østlys','østlys',NULL);
INSERT INTO "company" VALUES(5,'kvarnbo virksomheds beregning','Kvarnbo Virksomheds Beregning','kvarnbo virksomheds beregning',NULL);
CREATE TABLE company_alias (
	"key" VARCHAR NOT NULL, 
	company_id INTEGER NOT NULL, 
	decision_id INTEGER, 
	CONSTRAINT pk_company_alias PRIMARY KEY ("key"), 
	CONSTRAINT fk_company_alias_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_company_alias_decision_id_company_decision FOREIGN KEY(decision_id) REFERENCES company_decision (id)
);
INSERT INTO "company_alias" VALUES('nordlys data',1,NULL);
INSERT INTO "company_alias" VALUES('sydlys',2,NULL);
INSERT INTO "company_alias" VALUES('vestlys',3,NULL);
INSERT INTO "company_alias" VALUES('østlys',4,NULL);
INSERT INTO "company_alias" VALUES('kvarnbo virksomheds beregning',5,NULL);
INSERT INTO "company_alias" VALUES('kvba',5,3);
CREATE TABLE company_block (
	block VARCHAR NOT NULL, 
	joined VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_company_block PRIMARY KEY (block, joined, name)
)
 WITHOUT ROWID

;
INSERT INTO "company_block" VALUES('<kvarnbovi','kvarnbovirksomhedberegning','Kvarnbo Virksomheds Beregning');
INSERT INTO "company_block" VALUES('<kvarnbovi','kvarnbovirksomhedsberegning','Kvarnbo Virksomheds Beregning');
INSERT INTO "company_block" VALUES('<nor','nordlydata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('<nor','nordlysdata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('<nordl','nordlysdata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('<oe','oestly','Østlys');
INSERT INTO "company_block" VALUES('<oe','oestlys','Østlys');
INSERT INTO "company_block" VALUES('<oes','oestlys','Østlys');
INSERT INTO "company_block" VALUES('<sy','sydly','Sydlys');
INSERT INTO "company_block" VALUES('<sy','sydlys','Sydlys');
INSERT INTO "company_block" VALUES('<ve','vestly','Vestlys');
INSERT INTO "company_block" VALUES('<ve','vestlys','Vestlys');
INSERT INTO "company_block" VALUES('<ves','vestlys','Vestlys');
INSERT INTO "company_block" VALUES('=kvarnbovirksomhedberegning','kvarnbovirksomhedberegning','Kvarnbo Virksomheds Beregning');
INSERT INTO "company_block" VALUES('=kvba','kvba','KVBA');
INSERT INTO "company_block" VALUES('=nordlydata','nordlydata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('=oestly','oestly','Østlys');
INSERT INTO "company_block" VALUES('=sydly','sydly','Sydlys');
INSERT INTO "company_block" VALUES('=vestly','vestly','Vestlys');
INSERT INTO "company_block" VALUES('>ata','nordlydata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('>ata','nordlysdata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('>beregning','kvarnbovirksomhedberegning','Kvarnbo Virksomheds Beregning');
INSERT INTO "company_block" VALUES('>beregning','kvarnbovirksomhedsberegning','Kvarnbo Virksomheds Beregning');
INSERT INTO "company_block" VALUES('>ly','oestly','Østlys');
INSERT INTO "company_block" VALUES('>ly','sydly','Sydlys');
INSERT INTO "company_block" VALUES('>ly','vestly','Vestlys');
INSERT INTO "company_block" VALUES('>lys','oestlys','Østlys');
INSERT INTO "company_block" VALUES('>lys','vestlys','Vestlys');
INSERT INTO "company_block" VALUES('>sdata','nordlysdata','Nordlys Data A/S');
INSERT INTO "company_block" VALUES('>ys','oestlys','Østlys');
INSERT INTO "company_block" VALUES('>ys','sydlys','Sydlys');
INSERT INTO "company_block" VALUES('>ys','vestlys','Vestlys');
INSERT INTO "company_block" VALUES('@kvba','kvba','KVBA');
INSERT INTO "company_block" VALUES('@oestly','oestly','Østlys');
INSERT INTO "company_block" VALUES('@sydly','sydly','Sydlys');
INSERT INTO "company_block" VALUES('@vestly','vestly','Vestlys');
INSERT INTO "company_block" VALUES('rules','86b18d01b62d','');
CREATE TABLE company_decision (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	by_whom VARCHAR NOT NULL, 
	verdict VARCHAR NOT NULL, 
	key_a VARCHAR NOT NULL, 
	name_a VARCHAR NOT NULL, 
	key_b VARCHAR, 
	name_b VARCHAR, 
	score DOUBLE, 
	reason VARCHAR NOT NULL, 
	overruled_at DATETIME, 
	CONSTRAINT pk_company_decision PRIMARY KEY (id), 
	CONSTRAINT ck_company_decision_by_whom_known CHECK (by_whom IN ('rule', 'user', 'cvr')), 
	CONSTRAINT ck_company_decision_verdict_known CHECK (verdict IN ('same', 'different', 'rename', 'cvr'))
);
INSERT INTO "company_decision" VALUES(1,'2026-01-12 08:01:00.000000','rule','different','vestlys','Vestlys','østlys','Østlys',0.769,'''vestly'' is not ''oestly''',NULL);
INSERT INTO "company_decision" VALUES(2,'2026-01-12 08:00:00.000000','user','different','a','A',NULL,NULL,NULL,'A person said so.',NULL);
INSERT INTO "company_decision" VALUES(3,'2026-01-12 08:05:00.000000','user','same','kvarnbo virksomheds beregning','Kvarnbo Virksomheds Beregning','kvba','KVBA',NULL,'merged by hand',NULL);
CREATE TABLE company_name (
	id INTEGER NOT NULL, 
	company_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	first_fetch_id INTEGER NOT NULL, 
	CONSTRAINT pk_company_name PRIMARY KEY (id), 
	CONSTRAINT fk_company_name_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_company_name_first_fetch_id_fetch FOREIGN KEY(first_fetch_id) REFERENCES fetch (id), 
	CONSTRAINT uq_company_name_company_id_name UNIQUE (company_id, name)
);
INSERT INTO "company_name" VALUES(1,1,'Nordlys Data',1);
INSERT INTO "company_name" VALUES(2,1,'Nordlys Data A/S',1);
INSERT INTO "company_name" VALUES(3,2,'Sydlys',1);
INSERT INTO "company_name" VALUES(4,3,'Vestlys',1);
INSERT INTO "company_name" VALUES(5,4,'Østlys',1);
INSERT INTO "company_name" VALUES(6,5,'Kvarnbo Virksomheds Beregning',2);
INSERT INTO "company_name" VALUES(7,5,'KVBA',3);
CREATE TABLE coverage (
	run_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	record VARCHAR NOT NULL, 
	pages INTEGER NOT NULL, 
	draws INTEGER NOT NULL, 
	seen INTEGER NOT NULL, 
	once INTEGER NOT NULL, 
	twice INTEGER NOT NULL, 
	share DOUBLE NOT NULL, 
	share_low DOUBLE NOT NULL, 
	share_high DOUBLE NOT NULL, 
	total DOUBLE NOT NULL, 
	low DOUBLE NOT NULL, 
	high DOUBLE NOT NULL, 
	CONSTRAINT pk_coverage PRIMARY KEY (run_id, source_id, record), 
	CONSTRAINT ck_coverage_record_known CHECK (record IN ('move', 'job_ad')), 
	CONSTRAINT fk_coverage_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_coverage_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
);
INSERT INTO "coverage" VALUES(1,1,'move',3,9,5,2,2,0.8,0.5,0.9,6.0,5.0,9.0);
CREATE TABLE cvr_entry (
	cvr VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	imported_at DATETIME NOT NULL, 
	CONSTRAINT pk_cvr_entry PRIMARY KEY (cvr, "key")
)
 WITHOUT ROWID

;
INSERT INTO "cvr_entry" VALUES('10000000','nordlys data','Nordlys Data A/S','2026-01-12 08:00:00.000000');
CREATE TABLE fetch (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	page_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	outcome VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	final_url VARCHAR, 
	status INTEGER, 
	reason VARCHAR, 
	detail VARCHAR NOT NULL, 
	bytes_received INTEGER NOT NULL, 
	elapsed_ms INTEGER NOT NULL, 
	etag VARCHAR, 
	last_modified VARCHAR, 
	body_sha256 VARCHAR, 
	archive_file VARCHAR, 
	archive_offset INTEGER, 
	allowed_by VARCHAR NOT NULL, 
	headings JSON, reservation VARCHAR, 
	CONSTRAINT pk_fetch PRIMARY KEY (id), 
	CONSTRAINT ck_fetch_failed_with_reason CHECK ((outcome = 'failed') = (reason IS NOT NULL)), 
	CONSTRAINT ck_fetch_outcome_known CHECK (outcome IN ('fetched', 'unchanged', 'failed')), 
	CONSTRAINT ck_fetch_measured CHECK (bytes_received >= 0 AND elapsed_ms >= 0), 
	CONSTRAINT fk_fetch_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT fk_fetch_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_fetch_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
);
INSERT INTO "fetch" VALUES(1,1,1,1,'2026-01-12 08:01:00.000000','fetched','https://bladet.example/art/1',NULL,200,NULL,'',0,0,NULL,NULL,'hash of 1',NULL,NULL,'no rule',NULL,NULL);
INSERT INTO "fetch" VALUES(2,1,1,2,'2026-01-12 08:02:00.000000','fetched','https://bladet.example/art/2',NULL,200,NULL,'',0,0,NULL,NULL,'hash of 2',NULL,NULL,'no rule',NULL,NULL);
INSERT INTO "fetch" VALUES(3,1,1,3,'2026-01-12 08:03:00.000000','fetched','https://bladet.example/art/3',NULL,200,NULL,'',0,0,NULL,NULL,'hash of 3',NULL,NULL,'no rule',NULL,NULL);
INSERT INTO "fetch" VALUES(4,1,1,4,'2026-01-12 08:04:00.000000','fetched','https://bladet.example/art/4',NULL,200,NULL,'',0,0,NULL,NULL,'hash of 4',NULL,NULL,'no rule',NULL,NULL);
INSERT INTO "fetch" VALUES(5,2,1,1,'2026-01-12 08:06:00.000000','unchanged','https://bladet.example/art/1',NULL,304,NULL,'',0,0,NULL,NULL,NULL,NULL,NULL,'no rule',NULL,NULL);
INSERT INTO "fetch" VALUES(6,2,1,2,'2026-01-12 08:07:00.000000','unchanged','https://bladet.example/art/2',NULL,304,NULL,'',0,0,NULL,NULL,NULL,NULL,NULL,'no rule',NULL,NULL);
CREATE TABLE hire_ad (
	move_id INTEGER NOT NULL, 
	job_ad_id INTEGER NOT NULL, 
	score DOUBLE NOT NULL, 
	days_to_fill INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_hire_ad PRIMARY KEY (move_id, job_ad_id), 
	CONSTRAINT fk_hire_ad_job_ad_id_job_ad FOREIGN KEY(job_ad_id) REFERENCES job_ad (id) ON DELETE CASCADE, 
	CONSTRAINT fk_hire_ad_move_id_move FOREIGN KEY(move_id) REFERENCES move (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE host_pause (
	host VARCHAR NOT NULL, 
	said_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	said VARCHAR NOT NULL, 
	CONSTRAINT pk_host_pause PRIMARY KEY (host)
);
INSERT INTO "host_pause" VALUES('bladet.example','2026-01-12 08:00:00.000000','2026-01-12 08:00:00.000000','Retry-After: 60');
CREATE TABLE job_ad (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	identified_by_source_id INTEGER, 
	identifier VARCHAR, 
	company_id INTEGER NOT NULL, 
	company VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	title_folded VARCHAR NOT NULL, 
	region VARCHAR, 
	url VARCHAR, 
	posted DATE, 
	deadline DATE, 
	employment_type VARCHAR, 
	text VARCHAR NOT NULL, 
	evidence JSON NOT NULL, 
	rule VARCHAR NOT NULL, 
	parser_version VARCHAR NOT NULL, event VARCHAR DEFAULT '' NOT NULL, same_as_id INTEGER CONSTRAINT fk_job_ad_same_as_id_job_ad REFERENCES job_ad (id), 
	CONSTRAINT pk_job_ad PRIMARY KEY (id), 
	CONSTRAINT fk_job_ad_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_job_ad_identified_by_source_id_source FOREIGN KEY(identified_by_source_id) REFERENCES source (id), 
	CONSTRAINT uq_job_ad_key UNIQUE ("key")
);
INSERT INTO "job_ad" VALUES(1,'9b5e8d3cab1568849ad58587a3ea19c1',NULL,NULL,1,'Nordlys Data A/S','Softwarearkitekt','softwarearkitekt','Midtjylland',NULL,NULL,NULL,NULL,'Nordlys Data A/S Softwarearkitekt','{}','','1','b2e66baf51f6b089af297309564c6c34',NULL);
INSERT INTO "job_ad" VALUES(2,'628de0c1f8d6c91a5cd6fb72ab8fc284',NULL,NULL,5,'Kvarnbo Virksomheds Beregning','Tester','tester','Midtjylland',NULL,NULL,NULL,NULL,'Kvarnbo Virksomheds Beregning Tester','{}','','1','de09d6afb27b8f82ae3c9e5f0b936f69',NULL);
INSERT INTO "job_ad" VALUES(3,'eead40fe3e89e1476bbb7c9bfec6133b',NULL,NULL,5,'KVBA','Tester','tester','Midtjylland','https://kvba.example/1',NULL,NULL,NULL,'KVBA Tester','{}','','1','de09d6afb27b8f82ae3c9e5f0b936f69',2);
CREATE TABLE job_ad_fact (
	job_ad_id INTEGER NOT NULL, 
	company_id INTEGER NOT NULL, 
	function VARCHAR NOT NULL, 
	seniority VARCHAR NOT NULL, 
	region VARCHAR, 
	nuts VARCHAR, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	times_seen INTEGER NOT NULL, 
	gone_at DATETIME, 
	times_relisted INTEGER NOT NULL, 
	days_open INTEGER NOT NULL, 
	month VARCHAR NOT NULL, 
	CONSTRAINT pk_job_ad_fact PRIMARY KEY (job_ad_id), 
	CONSTRAINT fk_job_ad_fact_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_job_ad_fact_job_ad_id_job_ad FOREIGN KEY(job_ad_id) REFERENCES job_ad (id) ON DELETE CASCADE
);
INSERT INTO "job_ad_fact" VALUES(1,1,'architecture','professional','Midtjylland','DK04','2026-01-12 08:01:00.000000','2026-01-12 08:06:00.000000',2,NULL,0,0,'2026-01');
INSERT INTO "job_ad_fact" VALUES(2,5,'development','professional','Midtjylland','DK04','2026-01-12 08:02:00.000000','2026-01-12 08:07:00.000000',3,NULL,0,0,'2026-01');
CREATE TABLE job_ad_sighting (
	job_ad_id INTEGER NOT NULL, 
	fetch_id INTEGER NOT NULL, 
	seen_at DATETIME NOT NULL, 
	text VARCHAR, 
	facts JSON, 
	CONSTRAINT pk_job_ad_sighting PRIMARY KEY (job_ad_id, fetch_id), 
	CONSTRAINT fk_job_ad_sighting_fetch_id_fetch FOREIGN KEY(fetch_id) REFERENCES fetch (id), 
	CONSTRAINT fk_job_ad_sighting_job_ad_id_job_ad FOREIGN KEY(job_ad_id) REFERENCES job_ad (id)
)
 WITHOUT ROWID

;
INSERT INTO "job_ad_sighting" VALUES(1,1,'2026-01-12 08:01:00.000000',NULL,NULL);
INSERT INTO "job_ad_sighting" VALUES(1,5,'2026-01-12 08:06:00.000000',NULL,NULL);
INSERT INTO "job_ad_sighting" VALUES(2,2,'2026-01-12 08:02:00.000000',NULL,NULL);
INSERT INTO "job_ad_sighting" VALUES(2,6,'2026-01-12 08:07:00.000000',NULL,NULL);
INSERT INTO "job_ad_sighting" VALUES(3,3,'2026-01-12 08:03:00.000000',NULL,NULL);
CREATE TABLE job_ad_span (
	job_ad_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	gone_at DATETIME, 
	CONSTRAINT pk_job_ad_span PRIMARY KEY (job_ad_id, number), 
	CONSTRAINT fk_job_ad_span_job_ad_id_job_ad FOREIGN KEY(job_ad_id) REFERENCES job_ad (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "job_ad_span" VALUES(1,1,'2026-01-12 08:01:00.000000','2026-01-12 08:06:00.000000',NULL);
INSERT INTO "job_ad_span" VALUES(2,1,'2026-01-12 08:02:00.000000','2026-01-12 08:07:00.000000',NULL);
CREATE TABLE move (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	age INTEGER, 
	company_id INTEGER, 
	company VARCHAR, 
	role VARCHAR, 
	role_folded VARCHAR, 
	unit VARCHAR, 
	location VARCHAR, 
	start_date VARCHAR, 
	start_date_first DATE, 
	start_date_precision VARCHAR, 
	start_date_text VARCHAR, 
	previous_role VARCHAR, 
	previous_company_id INTEGER, 
	previous_company VARCHAR, 
	earlier_companies JSON NOT NULL, 
	education JSON NOT NULL, 
	institution JSON NOT NULL, 
	focus VARCHAR, 
	label VARCHAR, 
	text VARCHAR NOT NULL, 
	evidence JSON NOT NULL, 
	rule VARCHAR NOT NULL, 
	parser_version VARCHAR NOT NULL, event VARCHAR DEFAULT '' NOT NULL, same_as_id INTEGER CONSTRAINT fk_move_same_as_id_move REFERENCES move (id), 
	CONSTRAINT pk_move PRIMARY KEY (id), 
	CONSTRAINT ck_move_kind_known CHECK (kind IN ('hire', 'promotion', 'board', 'departure', 'education', 'certification', 'anniversary', 'birthday', 'founding', 'award', 'death', 'other')), 
	CONSTRAINT ck_move_start_date_precision_known CHECK (start_date_precision IN ('day', 'month', 'year')), 
	CONSTRAINT ck_move_company_identified CHECK ((company IS NULL) = (company_id IS NULL)), 
	CONSTRAINT ck_move_previous_company_identified CHECK ((previous_company IS NULL) = (previous_company_id IS NULL)), 
	CONSTRAINT ck_move_start_date_whole CHECK ((start_date IS NULL) = (start_date_first IS NULL) AND (start_date IS NULL) = (start_date_precision IS NULL)), 
	CONSTRAINT fk_move_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_move_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_move_previous_company_id_company FOREIGN KEY(previous_company_id) REFERENCES company (id), 
	CONSTRAINT uq_move_key UNIQUE ("key")
);
INSERT INTO "move" VALUES(1,'1a256665f48c2255ecac73e50d8df894','hire',1,'Signe Lundegaard',NULL,1,'Nordlys Data A/S','Systemudvikler','systemudvikler',NULL,'Vejle','2026-01-01','2026-01-01','day',NULL,NULL,2,'Sydlys','["Østlys"]','["HD"]','[]',NULL,'Nyt job','Nordlys Data A/S har ansat Signe Lundegaard. Nyt job','{}','form','1','200ea3b1a8f88263896f91e4951b9a85',NULL);
INSERT INTO "move" VALUES(2,'28e4d63132a651e6f1b173e325233bc0','hire',1,'Signe Lundegaard',NULL,3,'Vestlys','Systemudvikler','systemudvikler',NULL,NULL,'2027-01','2027-01-01','month',NULL,NULL,1,'Nordlys Data','[]','[]','[]',NULL,'Nyt job','Vestlys har ansat Signe Lundegaard. Nyt job','{}','form','1','236a445e440082024d43f01f155044ab',NULL);
INSERT INTO "move" VALUES(3,'4474683e901376df9cab2a217af3323e','hire',3,'Bo Tværsted',40,5,'Kvarnbo Virksomheds Beregning','Systemudvikler','systemudvikler',NULL,NULL,'2026-01-01','2026-01-01','day',NULL,NULL,NULL,NULL,'[]','[]','[]',NULL,'Nyt job','Kvarnbo Virksomheds Beregning har ansat Bo Tværsted. Nyt job','{}','form','1','7520d173c11fb7d0c741c2ad314ecbdf',NULL);
INSERT INTO "move" VALUES(4,'d94383e6696035c6c13ea761065abd83','hire',3,'Bo Tværsted',50,5,'KVBA','Systemudvikler','systemudvikler',NULL,NULL,'2026-01-01','2026-01-01','day',NULL,NULL,2,'Sydlys','[]','[]','[]',NULL,'Nyt job','KVBA har ansat Bo Tværsted. Nyt job','{}','form','1','7520d173c11fb7d0c741c2ad314ecbdf',3);
CREATE TABLE move_earlier (
	move_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	company VARCHAR NOT NULL, 
	company_id INTEGER NOT NULL, 
	CONSTRAINT pk_move_earlier PRIMARY KEY (move_id, position), 
	CONSTRAINT fk_move_earlier_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_move_earlier_move_id_move FOREIGN KEY(move_id) REFERENCES move (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "move_earlier" VALUES(1,0,'Østlys',4);
CREATE TABLE move_fact (
	move_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	company_id INTEGER, 
	previous_company_id INTEGER, 
	month VARCHAR NOT NULL, 
	month_basis VARCHAR NOT NULL, 
	start_date_first DATE, 
	role VARCHAR, 
	function VARCHAR, 
	seniority VARCHAR, 
	previous_function VARCHAR, 
	region VARCHAR, 
	nuts VARCHAR, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	times_seen INTEGER NOT NULL, 
	lead_days INTEGER, 
	CONSTRAINT pk_move_fact PRIMARY KEY (move_id), 
	CONSTRAINT ck_move_fact_month_basis_known CHECK (month_basis IN ('start', 'seen')), 
	CONSTRAINT fk_move_fact_company_id_company FOREIGN KEY(company_id) REFERENCES company (id), 
	CONSTRAINT fk_move_fact_move_id_move FOREIGN KEY(move_id) REFERENCES move (id) ON DELETE CASCADE, 
	CONSTRAINT fk_move_fact_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_move_fact_previous_company_id_company FOREIGN KEY(previous_company_id) REFERENCES company (id)
);
INSERT INTO "move_fact" VALUES(1,'hire',1,1,2,'2026-01','start','2026-01-01','systemudvikler','development','professional',NULL,'Syddanmark','DK03','2026-01-12 08:01:00.000000','2026-01-12 08:06:00.000000',2,-11);
INSERT INTO "move_fact" VALUES(2,'hire',1,3,1,'2027-01','start','2027-01-01','systemudvikler','development','professional',NULL,NULL,NULL,'2026-01-12 08:01:00.000000','2026-01-12 08:06:00.000000',2,NULL);
INSERT INTO "move_fact" VALUES(3,'hire',3,5,NULL,'2026-01','start','2026-01-01','systemudvikler','development','professional',NULL,NULL,NULL,'2026-01-12 08:02:00.000000','2026-01-12 08:07:00.000000',4,-11);
CREATE TABLE move_sighting (
	move_id INTEGER NOT NULL, 
	fetch_id INTEGER NOT NULL, 
	seen_at DATETIME NOT NULL, 
	text VARCHAR, 
	CONSTRAINT pk_move_sighting PRIMARY KEY (move_id, fetch_id), 
	CONSTRAINT fk_move_sighting_fetch_id_fetch FOREIGN KEY(fetch_id) REFERENCES fetch (id), 
	CONSTRAINT fk_move_sighting_move_id_move FOREIGN KEY(move_id) REFERENCES move (id)
)
 WITHOUT ROWID

;
INSERT INTO "move_sighting" VALUES(1,1,'2026-01-12 08:01:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(1,5,'2026-01-12 08:06:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(2,1,'2026-01-12 08:01:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(2,5,'2026-01-12 08:06:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(3,2,'2026-01-12 08:02:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(3,6,'2026-01-12 08:07:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(4,3,'2026-01-12 08:03:00.000000',NULL);
INSERT INTO "move_sighting" VALUES(4,4,'2026-01-12 08:04:00.000000',NULL);
CREATE TABLE move_study (
	move_id INTEGER NOT NULL, 
	what VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	CONSTRAINT pk_move_study PRIMARY KEY (move_id, what, position), 
	CONSTRAINT ck_move_study_what_known CHECK (what IN ('school', 'degree')), 
	CONSTRAINT fk_move_study_move_id_move FOREIGN KEY(move_id) REFERENCES move (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "move_study" VALUES(1,'degree',0,'HD','hd');
CREATE TABLE page (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	identity VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	published_at DATETIME, 
	CONSTRAINT pk_page PRIMARY KEY (id), 
	CONSTRAINT ck_page_kind_known CHECK (kind IN ('article', 'job_ad', 'feed')), 
	CONSTRAINT fk_page_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_page_source_id_identity UNIQUE (source_id, identity)
);
INSERT INTO "page" VALUES(1,1,'article','1','https://bladet.example/art/1','Artikel 1',NULL);
INSERT INTO "page" VALUES(2,1,'article','2','https://bladet.example/art/2','Artikel 2',NULL);
INSERT INTO "page" VALUES(3,1,'article','3','https://bladet.example/art/3','Artikel 3',NULL);
INSERT INTO "page" VALUES(4,1,'article','4','https://bladet.example/art/4','Artikel 4',NULL);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	name_key VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	name_folded VARCHAR NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id)
);
INSERT INTO "person" VALUES(1,'signe lundegaard','Signe Lundegaard','signe lundegaard');
INSERT INTO "person" VALUES(3,'bo tværsted','Bo Tværsted','bo tværsted');
CREATE TABLE person_tie (
	move_id INTEGER NOT NULL, 
	other_move_id INTEGER NOT NULL, 
	is_same BOOLEAN NOT NULL, 
	company_id INTEGER, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_person_tie PRIMARY KEY (move_id, other_move_id), 
	CONSTRAINT fk_person_tie_company_id_company FOREIGN KEY(company_id) REFERENCES company (id) ON DELETE CASCADE, 
	CONSTRAINT fk_person_tie_move_id_move FOREIGN KEY(move_id) REFERENCES move (id) ON DELETE CASCADE, 
	CONSTRAINT fk_person_tie_other_move_id_move FOREIGN KEY(other_move_id) REFERENCES move (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "person_tie" VALUES(2,1,1,1,'joined by the one move, a former employer in the other');
CREATE TABLE place (
	folded VARCHAR NOT NULL, 
	example VARCHAR NOT NULL, 
	region VARCHAR, 
	nuts VARCHAR, 
	CONSTRAINT pk_place PRIMARY KEY (folded)
);
INSERT INTO "place" VALUES('vejle','Vejle','Syddanmark','DK03');
INSERT INTO "place" VALUES('midtjylland','Midtjylland','Midtjylland','DK04');
CREATE TABLE problem (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	page_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	message VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_problem PRIMARY KEY (id), 
	CONSTRAINT fk_problem_page_id_page FOREIGN KEY(page_id) REFERENCES page (id), 
	CONSTRAINT uq_problem_key UNIQUE ("key")
);
INSERT INTO "problem" VALUES(1,'229982abeb4084b56654fb3db76f2a98',1,'c','m','');
CREATE TABLE problem_sighting (
	problem_id INTEGER NOT NULL, 
	fetch_id INTEGER NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_problem_sighting PRIMARY KEY (problem_id, fetch_id), 
	CONSTRAINT fk_problem_sighting_fetch_id_fetch FOREIGN KEY(fetch_id) REFERENCES fetch (id), 
	CONSTRAINT fk_problem_sighting_problem_id_problem FOREIGN KEY(problem_id) REFERENCES problem (id)
)
 WITHOUT ROWID

;
INSERT INTO "problem_sighting" VALUES(1,1,'2026-01-12 08:01:00.000000');
INSERT INTO "problem_sighting" VALUES(1,5,'2026-01-12 08:06:00.000000');
CREATE TABLE replaced (
	id INTEGER NOT NULL, 
	replay_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" JSON NOT NULL, 
	CONSTRAINT pk_replaced PRIMARY KEY (id), 
	CONSTRAINT fk_replaced_replay_id_replay FOREIGN KEY(replay_id) REFERENCES replay (id)
);
INSERT INTO "replaced" VALUES(1,1,'move',1,'{"role": "Udvikler"}');
CREATE TABLE replay (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	parser_version VARCHAR NOT NULL, 
	since DATE, 
	sources JSON NOT NULL, 
	pages INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	dropped INTEGER NOT NULL, 
	CONSTRAINT pk_replay PRIMARY KEY (id)
);
INSERT INTO "replay" VALUES(1,'2026-01-12 08:00:00.000000','2',NULL,'[]',1,0,1,0);
CREATE TABLE role (
	folded VARCHAR NOT NULL, 
	example VARCHAR NOT NULL, 
	function VARCHAR NOT NULL, 
	seniority VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	tables_version VARCHAR NOT NULL, 
	CONSTRAINT pk_role PRIMARY KEY (folded)
);
INSERT INTO "role" VALUES('systemudvikler','Systemudvikler','development','professional','development: *udvikler; professional: no row','c2d21991eafb');
INSERT INTO "role" VALUES('softwarearkitekt','Softwarearkitekt','architecture','professional','architecture: *arkitekt; professional: no row','c2d21991eafb');
INSERT INTO "role" VALUES('tester','Tester','development','professional','development: tester; professional: no row','c2d21991eafb');
CREATE TABLE run (
	id INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	status VARCHAR NOT NULL, 
	exit_status INTEGER, 
	parser_version VARCHAR NOT NULL, 
	sources JSON NOT NULL, 
	summary JSON, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT ck_run_finished_once_ended CHECK ((status = 'running') = (finished_at IS NULL)), 
	CONSTRAINT ck_run_status_known CHECK (status IN ('running', 'done', 'failed', 'interrupted', 'cut_off'))
);
INSERT INTO "run" VALUES(1,'2026-01-12 08:00:00.000000','2026-01-12 08:05:00.000000','done',0,'1','["bladet"]','{"sources": {}}');
INSERT INTO "run" VALUES(2,'2026-01-12 08:05:00.000000','2026-01-12 08:08:00.000000','done',0,'1','["bladet"]','{"sources": {}}');
CREATE TABLE run_source (
	run_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	pages_fetched INTEGER NOT NULL, 
	pages_unchanged INTEGER NOT NULL, 
	pages_failed INTEGER NOT NULL, 
	feeds_answered INTEGER NOT NULL, 
	feeds_failed INTEGER NOT NULL, 
	moves_seen INTEGER NOT NULL, 
	job_ads_seen INTEGER NOT NULL, 
	unparsed_seen INTEGER NOT NULL, 
	problems_seen INTEGER NOT NULL, 
	failures JSON NOT NULL, 
	whole BOOLEAN NOT NULL, measures JSON, 
	CONSTRAINT pk_run_source PRIMARY KEY (run_id, source_id), 
	CONSTRAINT fk_run_source_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_run_source_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
);
INSERT INTO "run_source" VALUES(1,1,4,0,0,0,0,4,3,1,1,'{}',1,NULL);
INSERT INTO "run_source" VALUES(2,1,0,2,0,0,0,3,2,1,1,'{}',1,NULL);
CREATE VIRTUAL TABLE search USING fts5(record UNINDEXED, record_id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 0', detail = none);
INSERT INTO "search" VALUES('move',1,'signe lundegaard nordlys data a s systemudvikler vejle sydlys');
INSERT INTO "search" VALUES('move',2,'signe lundegaard vestlys systemudvikler nordlys data');
INSERT INTO "search" VALUES('move',3,'bo tværsted kvarnbo virksomheds beregning systemudvikler kvba');
INSERT INTO "search" VALUES('job_ad',1,'nordlys data a s softwarearkitekt midtjylland');
INSERT INTO "search" VALUES('job_ad',2,'kvarnbo virksomheds beregning tester midtjylland kvba');
INSERT INTO "search" VALUES('company',1,'nordlys data a s');
INSERT INTO "search" VALUES('company',2,'sydlys');
INSERT INTO "search" VALUES('company',3,'vestlys');
INSERT INTO "search" VALUES('company',4,'østlys');
INSERT INTO "search" VALUES('company',5,'kvarnbo virksomheds beregning kvba');
INSERT INTO "search" VALUES('person',1,'signe lundegaard');
INSERT INTO "search" VALUES('person',3,'bo tværsted');
CREATE TABLE site_file (
	site VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	status INTEGER, 
	reason VARCHAR, 
	detail VARCHAR NOT NULL, 
	body BLOB, 
	archive_file VARCHAR, 
	archive_offset INTEGER, 
	CONSTRAINT pk_site_file PRIMARY KEY (site, path)
);
INSERT INTO "site_file" VALUES('https://bladet.example','/robots.txt','2026-01-12 08:00:00.000000','2026-01-12 08:00:00.000000',NULL,NULL,'',NULL,NULL,NULL);
CREATE TABLE slot (
	due_at DATETIME NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	run_id INTEGER, 
	exit_status INTEGER, 
	CONSTRAINT pk_slot PRIMARY KEY (due_at), 
	CONSTRAINT fk_slot_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);
INSERT INTO "slot" VALUES('2026-01-12 08:00:00.000000','2026-01-12 08:00:00.000000',NULL,1,NULL);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT ck_source_kind_known CHECK (kind IN ('articles', 'job_board')), 
	CONSTRAINT uq_source_name UNIQUE (name)
);
INSERT INTO "source" VALUES(1,'bladet','articles','Bladet');
CREATE TABLE source_day (
	source_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	runs INTEGER NOT NULL, 
	healthy BOOLEAN NOT NULL, 
	CONSTRAINT pk_source_day PRIMARY KEY (source_id, day), 
	CONSTRAINT fk_source_day_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
)
 WITHOUT ROWID

;
INSERT INTO "source_day" VALUES(1,'2026-01-12',2,1);
CREATE TABLE unparsed (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	label VARCHAR, 
	parser_version VARCHAR NOT NULL, 
	resolved_at DATETIME, 
	resolved_by VARCHAR, 
	CONSTRAINT pk_unparsed PRIMARY KEY (id), 
	CONSTRAINT ck_unparsed_resolved_by_a_parser CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)), 
	CONSTRAINT uq_unparsed_key UNIQUE ("key")
);
INSERT INTO "unparsed" VALUES(1,'5774a3c2d0fe52dc556307739c463ae6','Ulæst.','r',NULL,'1',NULL,NULL);
CREATE TABLE unparsed_sighting (
	unparsed_id INTEGER NOT NULL, 
	fetch_id INTEGER NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_unparsed_sighting PRIMARY KEY (unparsed_id, fetch_id), 
	CONSTRAINT fk_unparsed_sighting_fetch_id_fetch FOREIGN KEY(fetch_id) REFERENCES fetch (id), 
	CONSTRAINT fk_unparsed_sighting_unparsed_id_unparsed FOREIGN KEY(unparsed_id) REFERENCES unparsed (id)
)
 WITHOUT ROWID

;
INSERT INTO "unparsed_sighting" VALUES(1,1,'2026-01-12 08:01:00.000000');
INSERT INTO "unparsed_sighting" VALUES(1,5,'2026-01-12 08:06:00.000000');
CREATE TABLE watch (
	id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	expression VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_watch PRIMARY KEY (id), 
	CONSTRAINT uq_watch_expression UNIQUE (expression)
);
INSERT INTO "watch" VALUES(1,'2026-01-12 08:00:00.000000','role:udvikler',1);
CREATE TABLE watch_match (
	watch_id INTEGER NOT NULL, 
	record VARCHAR NOT NULL, 
	record_id INTEGER NOT NULL, 
	matched_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_watch_match PRIMARY KEY (watch_id, record, record_id), 
	CONSTRAINT ck_watch_match_record_known CHECK (record IN ('move', 'job_ad')), 
	CONSTRAINT fk_watch_match_watch_id_watch FOREIGN KEY(watch_id) REFERENCES watch (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "watch_match" VALUES(1,'move',1,'2026-01-12 08:00:00.000000',NULL);
CREATE INDEX ix_person_name_key ON person (name_key);
CREATE INDEX ix_unparsed_resolved_at ON unparsed (resolved_at);
CREATE INDEX ix_job_ad_company_id ON job_ad (company_id);
CREATE INDEX ix_job_ad_region ON job_ad (region);
CREATE INDEX ix_job_ad_title_folded ON job_ad (title_folded);
CREATE INDEX ix_move_company_id_kind_start_date_first ON move (company_id, kind, start_date_first);
CREATE INDEX ix_move_kind_start_date_first ON move (kind, start_date_first);
CREATE INDEX ix_move_person_id ON move (person_id);
CREATE INDEX ix_move_previous_company_id_kind ON move (previous_company_id, kind);
CREATE INDEX ix_move_role_folded ON move (role_folded);
CREATE INDEX ix_page_source_id_url ON page (source_id, url);
CREATE INDEX ix_run_source_source_id_run_id ON run_source (source_id, run_id);
CREATE INDEX ix_fetch_page_id_at ON fetch (page_id, at);
CREATE INDEX ix_fetch_run_id_source_id ON fetch (run_id, source_id);
CREATE INDEX ix_fetch_source_id_at ON fetch (source_id, at);
CREATE INDEX ix_problem_page_id ON problem (page_id);
CREATE INDEX ix_job_ad_sighting_fetch_id ON job_ad_sighting (fetch_id);
CREATE INDEX ix_move_sighting_fetch_id ON move_sighting (fetch_id);
CREATE INDEX ix_problem_sighting_fetch_id ON problem_sighting (fetch_id);
CREATE INDEX ix_unparsed_sighting_fetch_id ON unparsed_sighting (fetch_id);
CREATE VIEW sources AS
-- Each site that is watched, with what its last runs had.
SELECT
  s.id,
  s.name,
  s.title,
  s.kind,
  (SELECT max(r.started_at) FROM run_source l JOIN run r ON r.id = l.run_id WHERE l.source_id = s.id) AS last_run_at,
  (SELECT max(r.started_at) FROM run_source l JOIN run r ON r.id = l.run_id WHERE l.source_id = s.id AND l.whole)
    AS last_success_at,
  (SELECT max(f.at) FROM "fetch" f WHERE f.source_id = s.id) AS last_request_at,
  (SELECT count(*) FROM page p WHERE p.source_id = s.id AND p.kind <> 'feed') AS pages_known
FROM source s;
CREATE VIEW runs AS
-- Each run of the program, with its sums over all sources.
SELECT
  r.id,
  r.started_at,
  r.finished_at,
  r.status,
  r.exit_status,
  r.parser_version,
  r.sources,
  (SELECT sum(l.pages_fetched) FROM run_source l WHERE l.run_id = r.id) AS pages_fetched,
  (SELECT sum(l.pages_unchanged) FROM run_source l WHERE l.run_id = r.id) AS pages_unchanged,
  (SELECT sum(l.pages_failed) FROM run_source l WHERE l.run_id = r.id) AS pages_failed,
  (SELECT sum(l.moves_seen) FROM run_source l WHERE l.run_id = r.id) AS moves_seen,
  (SELECT sum(l.job_ads_seen) FROM run_source l WHERE l.run_id = r.id) AS job_ads_seen,
  (SELECT sum(l.unparsed_seen) FROM run_source l WHERE l.run_id = r.id) AS unparsed_seen,
  (SELECT sum(l.problems_seen) FROM run_source l WHERE l.run_id = r.id) AS problems_seen,
  r.summary
FROM run r;
CREATE VIEW pages AS
-- Each page that was ever found, with its last answer.
SELECT
  p.id,
  s.name AS source,
  p.kind,
  p.identity,
  p.url,
  p.title,
  p.published_at,
  (SELECT count(*) FROM "fetch" f WHERE f.page_id = p.id) AS times_asked,
  (SELECT max(f.at) FROM "fetch" f WHERE f.page_id = p.id) AS last_asked_at,
  (SELECT f.outcome FROM "fetch" f WHERE f.page_id = p.id ORDER BY f.at DESC, f.id DESC LIMIT 1) AS last_outcome,
  (SELECT f.reason FROM "fetch" f WHERE f.page_id = p.id ORDER BY f.at DESC, f.id DESC LIMIT 1) AS last_reason
FROM page p
JOIN source s ON s.id = p.source_id;
CREATE VIEW unparsed_announcements AS
-- Each announcement that could not be read whole, and whether a later parser could.
SELECT
  u.id,
  u.text,
  u.reason,
  u.label,
  CASE WHEN u.resolved_at IS NULL THEN 1 ELSE 0 END AS is_open,
  u.resolved_at,
  u.resolved_by,
  u.parser_version,
  (SELECT min(i.seen_at) FROM unparsed_sighting i WHERE i.unparsed_id = u.id) AS first_seen,
  (SELECT max(i.seen_at) FROM unparsed_sighting i WHERE i.unparsed_id = u.id) AS last_seen,
  (SELECT count(*) FROM unparsed_sighting i WHERE i.unparsed_id = u.id) AS times_seen,
  (
    SELECT f.url
    FROM unparsed_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.unparsed_id = u.id
    ORDER BY i.seen_at, i.fetch_id
    LIMIT 1
  ) AS page_url
FROM unparsed u;
CREATE VIEW problems AS
-- Each problem of a page, with how long it has been there.
SELECT
  x.id,
  s.name AS source,
  x.code,
  x.message,
  x.text,
  p.url AS page_url,
  x.page_id,
  (SELECT min(i.seen_at) FROM problem_sighting i WHERE i.problem_id = x.id) AS first_seen,
  (SELECT max(i.seen_at) FROM problem_sighting i WHERE i.problem_id = x.id) AS last_seen,
  (SELECT count(*) FROM problem_sighting i WHERE i.problem_id = x.id) AS times_seen
FROM problem x
JOIN page p ON p.id = x.page_id
JOIN source s ON s.id = p.source_id;
CREATE INDEX ix_alarm_run_id ON alarm (run_id);
CREATE INDEX ix_alarm_source_id_run_id ON alarm (source_id, run_id);
CREATE INDEX ix_replaced_replay_id ON replaced (replay_id);
CREATE INDEX ix_replaced_table_name_row_id ON replaced (table_name, row_id);
CREATE VIEW fetches AS
-- Each request and how it ended.
SELECT
  f.id,
  f.run_id,
  s.name AS source,
  f.page_id,
  p.kind AS page_kind,
  f.at,
  f.outcome,
  f.url,
  f.final_url,
  f.status,
  f.reason,
  f.detail,
  f.bytes_received,
  f.elapsed_ms,
  f.etag,
  f.last_modified,
  f.body_sha256,
  f.archive_file,
  f.archive_offset,
  f.allowed_by,
  f.headings,
  f.reservation
FROM "fetch" f
JOIN page p ON p.id = f.page_id
JOIN source s ON s.id = f.source_id;
CREATE VIEW source_runs AS
-- What each run had from each source.
SELECT
  l.run_id,
  s.name AS source,
  r.started_at,
  r.finished_at,
  r.status,
  CASE WHEN l.whole THEN 1 ELSE 0 END AS whole,
  l.pages_fetched,
  l.pages_unchanged,
  l.pages_failed,
  l.feeds_answered,
  l.feeds_failed,
  l.moves_seen,
  l.job_ads_seen,
  l.unparsed_seen,
  l.problems_seen,
  l.failures,
  l.measures
FROM run_source l
JOIN run r ON r.id = l.run_id
JOIN source s ON s.id = l.source_id;
CREATE VIEW alarms AS
-- What runs found broken, and what to do about it.
SELECT
  a.id,
  a.run_id,
  s.name AS source,
  r.started_at,
  a.stage,
  a.code,
  a.sentence,
  a.advice,
  a.notified_at
FROM alarm a
JOIN run r ON r.id = a.run_id
JOIN source s ON s.id = a.source_id;
CREATE VIEW coverage_estimates AS
-- How much of what was in rotation each run saw, estimated from how often it saw each record.
SELECT
  c.run_id,
  s.name AS source,
  r.started_at,
  c.record,
  c.pages,
  c.draws,
  c.seen,
  c.once,
  c.twice,
  c.share,
  c.share_low,
  c.share_high,
  c.total,
  c.low,
  c.high
FROM coverage c
JOIN run r ON r.id = c.run_id
JOIN source s ON s.id = c.source_id;
CREATE INDEX ix_company_decision_key_a ON company_decision (key_a);
CREATE INDEX ix_company_decision_key_b ON company_decision (key_b);
CREATE INDEX ix_cvr_entry_key ON cvr_entry ("key");
CREATE INDEX ix_company_alias_company_id ON company_alias (company_id);
CREATE INDEX ix_source_day_day ON source_day (day);
CREATE INDEX ix_watch_match_record_record_id ON watch_match (record, record_id);
CREATE INDEX ix_hire_ad_job_ad_id ON hire_ad (job_ad_id);
CREATE INDEX ix_job_ad_fact_company_id_gone_at ON job_ad_fact (company_id, gone_at);
CREATE INDEX ix_job_ad_fact_first_seen ON job_ad_fact (first_seen);
CREATE INDEX ix_job_ad_fact_gone_at_first_seen ON job_ad_fact (gone_at, first_seen);
CREATE INDEX ix_job_ad_fact_month ON job_ad_fact (month);
CREATE INDEX ix_move_earlier_company_id ON move_earlier (company_id);
CREATE INDEX ix_person_tie_other_move_id ON person_tie (other_move_id);
CREATE INDEX ix_move_fact_person_id ON move_fact (person_id);
CREATE INDEX ix_move_fact_company_id_kind_month_function_region ON move_fact (company_id, kind, month, function, region);
CREATE INDEX ix_move_fact_previous_company_id_kind_company_id_month_function_region ON move_fact (previous_company_id, kind, company_id, month, function, region);
CREATE INDEX ix_move_fact_kind_month_company_id_function_region_seniority_lead_days ON move_fact (kind, month, company_id, function, region, seniority, lead_days);
CREATE INDEX ix_move_fact_kind_role_company_id_month_function_region ON move_fact (kind, role, company_id, month, function, region);
CREATE INDEX ix_move_fact_first_seen ON move_fact (first_seen);
CREATE INDEX ix_move_study_what_folded_name ON move_study (what, folded, name);
CREATE UNIQUE INDEX ix_company_cvr ON company (cvr);
CREATE VIEW company_spellings AS
-- Each spelling under which a company was seen, with the page that showed it first.
SELECT
  n.id,
  c.name AS company,
  n.company_id,
  n.name AS spelling,
  f.at AS first_seen,
  f.url AS page_url
FROM company_name n
JOIN company c ON c.id = n.company_id
JOIN "fetch" f ON f.id = n.first_fetch_id;
CREATE VIEW company_decisions AS
-- Each decision that two names are one company or are not, with its reason, and the company it leads to now.
SELECT
  d.id,
  d.at,
  d.by_whom,
  d.verdict,
  d.name_a,
  d.name_b,
  d.score,
  d.reason,
  CASE WHEN d.overruled_at IS NULL THEN 1 ELSE 0 END AS is_valid,
  d.overruled_at,
  c.name AS company,
  a.company_id,
  d.key_a,
  d.key_b
FROM company_decision d
LEFT JOIN company_alias a ON a.key = d.key_a
LEFT JOIN company c ON c.id = a.company_id;
CREATE VIEW places AS
-- Each place of a move or an ad, with the region it is taken to be in.
SELECT
  p.example AS place,
  p.region,
  p.nuts,
  p.folded AS place_folded
FROM place p;
CREATE VIEW ad_hires AS
-- Each job ad and the later hire that it is likely to have led to.
SELECT
  h.job_ad_id,
  h.move_id,
  c.name AS company,
  a.company_id,
  a.title,
  ad.function,
  ad.region,
  ad.first_seen AS ad_first_seen,
  ad.gone_at AS ad_gone_at,
  m.person,
  m.person_id,
  m.role,
  m.start_date,
  f.first_seen AS hire_first_seen,
  h.score,
  h.days_to_fill,
  h.reason
FROM hire_ad h
JOIN job_ad a ON a.id = h.job_ad_id
JOIN job_ad_fact ad ON ad.job_ad_id = h.job_ad_id
JOIN move m ON m.id = h.move_id
JOIN move_fact f ON f.move_id = h.move_id
JOIN company c ON c.id = a.company_id;
CREATE VIEW source_days AS
-- Each day on which a source was looked at, and whether it was well.
SELECT
  s.name AS source,
  s.kind,
  d.day,
  d.runs,
  CASE WHEN d.healthy THEN 1 ELSE 0 END AS healthy
FROM source_day d
JOIN source s ON s.id = d.source_id;
CREATE VIEW watched_months AS
-- Each month in Denmark with the days of it on which what was looked at was well: what a count over time is read with.
SELECT
  substr(CAST(d.day AS VARCHAR), 1, 7) AS month,
  count(DISTINCT CASE WHEN s.kind = 'articles' THEN d.day END) AS move_days,
  count(DISTINCT d.day) AS job_ad_days
FROM source_day d
JOIN source s ON s.id = d.source_id
WHERE d.healthy
GROUP BY substr(CAST(d.day AS VARCHAR), 1, 7);
CREATE VIEW person_ties AS
-- What ties two moves of one name to one person, or keeps them apart, with its reason.
SELECT
  m.person_id,
  m.person,
  t.move_id,
  t.other_move_id,
  o.person_id AS other_person_id,
  CASE WHEN t.is_same THEN 1 ELSE 0 END AS is_same,
  c.name AS company,
  t.reason
FROM person_tie t
JOIN move m ON m.id = t.move_id
JOIN move o ON o.id = t.other_move_id
LEFT JOIN company c ON c.id = t.company_id;
CREATE UNIQUE INDEX ix_move_event_company_id ON move (event, company_id) WHERE same_as_id IS NULL;
CREATE INDEX ix_move_same_as_id ON move (same_as_id) WHERE same_as_id IS NOT NULL;
CREATE UNIQUE INDEX ix_job_ad_event_company_id ON job_ad (event, company_id) WHERE same_as_id IS NULL;
CREATE INDEX ix_job_ad_same_as_id ON job_ad (same_as_id) WHERE same_as_id IS NOT NULL;
CREATE VIEW moves AS
-- Each people move, once, with when and where it was seen.
SELECT
  m.id,
  m.kind,
  m.person,
  m.person_id,
  m.age,
  c.name AS company,
  m.company_id,
  m.role,
  m.unit,
  m.location,
  m.start_date,
  m.start_date_first,
  m.start_date_precision,
  m.start_date_text,
  m.previous_role,
  pc.name AS previous_company,
  m.previous_company_id,
  m.earlier_companies,
  m.education,
  m.institution,
  m.focus,
  m.label,
  x.function,
  x.seniority,
  x.previous_function,
  x.region,
  x.nuts,
  x.month,
  x.month_basis,
  x.lead_days,
  x.first_seen,
  x.last_seen,
  coalesce(x.times_seen, 0) AS times_seen,
  (
    SELECT group_concat(seen.name, ', ')
    FROM (
      SELECT DISTINCT s.name
      FROM move_sighting i
      JOIN "fetch" f ON f.id = i.fetch_id
      JOIN source s ON s.id = f.source_id
      WHERE i.move_id IN (SELECT m.id UNION ALL SELECT v.id FROM move v WHERE v.same_as_id = m.id)
      ORDER BY s.name
    ) AS seen
  ) AS sources,
  (
    SELECT f.url
    FROM move_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.move_id IN (SELECT m.id UNION ALL SELECT v.id FROM move v WHERE v.same_as_id = m.id)
    ORDER BY i.seen_at, i.fetch_id
    LIMIT 1
  ) AS page_url,
  m.text,
  m.company AS company_written,
  m.previous_company AS previous_company_written,
  pe.name_folded AS person_folded,
  c.name_folded AS company_folded,
  m.role_folded,
  m.evidence,
  m.rule,
  m.parser_version
FROM move m
JOIN person pe ON pe.id = m.person_id
LEFT JOIN company c ON c.id = m.company_id
LEFT JOIN company pc ON pc.id = m.previous_company_id
LEFT JOIN move_fact x ON x.move_id = m.id
WHERE m.same_as_id IS NULL;
CREATE VIEW job_ads AS
-- Each job ad, once, with its life as far as it was seen: db/ad_life.py says what ends one.
SELECT
  a.id,
  c.name AS company,
  a.company_id,
  a.title,
  a.region,
  coalesce(a.url, (SELECT min(v.url) FROM job_ad v WHERE v.same_as_id = a.id)) AS url,
  coalesce(a.posted, (SELECT min(v.posted) FROM job_ad v WHERE v.same_as_id = a.id)) AS posted,
  coalesce(a.deadline, (SELECT min(v.deadline) FROM job_ad v WHERE v.same_as_id = a.id)) AS deadline,
  coalesce(a.employment_type, (SELECT min(v.employment_type) FROM job_ad v WHERE v.same_as_id = a.id)) AS employment_type,
  a.identifier,
  x.function,
  x.seniority,
  x.region AS region_name,
  x.nuts,
  x.first_seen,
  x.last_seen,
  coalesce(x.times_seen, 0) AS times_seen,
  CASE WHEN x.gone_at IS NULL THEN 1 ELSE 0 END AS is_open,
  x.gone_at,
  coalesce(x.times_relisted, 0) AS times_relisted,
  x.days_open,
  (
    SELECT group_concat(seen.name, ', ')
    FROM (
      SELECT DISTINCT s.name
      FROM job_ad_sighting i
      JOIN "fetch" f ON f.id = i.fetch_id
      JOIN source s ON s.id = f.source_id
      WHERE i.job_ad_id IN (SELECT a.id UNION ALL SELECT v.id FROM job_ad v WHERE v.same_as_id = a.id)
      ORDER BY s.name
    ) AS seen
  ) AS sources,
  (
    SELECT f.url
    FROM job_ad_sighting i
    JOIN "fetch" f ON f.id = i.fetch_id
    WHERE i.job_ad_id IN (SELECT a.id UNION ALL SELECT v.id FROM job_ad v WHERE v.same_as_id = a.id)
    ORDER BY i.seen_at, i.fetch_id
    LIMIT 1
  ) AS page_url,
  a.text,
  a.company AS company_written,
  c.name_folded AS company_folded,
  a.title_folded,
  a.evidence,
  a.rule,
  a.parser_version
FROM job_ad a
JOIN company c ON c.id = a.company_id
LEFT JOIN job_ad_fact x ON x.job_ad_id = a.id
WHERE a.same_as_id IS NULL;
CREATE VIEW people AS
-- Each person with the newest of their moves.
SELECT
  p.id,
  p.name,
  p.name_folded,
  (SELECT count(*) FROM move_fact x WHERE x.person_id = p.id) AS moves,
  n.kind AS latest_kind,
  c.name AS latest_company,
  n.role AS latest_role,
  n.start_date AS latest_start_date,
  (SELECT min(x.first_seen) FROM move_fact x WHERE x.person_id = p.id) AS first_seen,
  (SELECT max(x.last_seen) FROM move_fact x WHERE x.person_id = p.id) AS last_seen
FROM person p
LEFT JOIN move n ON n.id = (
  SELECT m.id
  FROM move m
  WHERE m.person_id = p.id AND m.same_as_id IS NULL
  ORDER BY CASE WHEN m.start_date_first IS NULL THEN 1 ELSE 0 END, m.start_date_first DESC, m.id DESC
  LIMIT 1
)
LEFT JOIN company c ON c.id = n.company_id;
CREATE VIEW companies AS
-- Each company with its spellings and what is known of its hiring.
SELECT
  c.id,
  c.name,
  c.name_folded,
  c.cvr,
  (
    SELECT group_concat(spelt.name, ' | ')
    FROM (SELECT n.name FROM company_name n WHERE n.company_id = c.id ORDER BY n.name) AS spelt
  ) AS names,
  (SELECT count(*) FROM move_fact x WHERE x.company_id = c.id AND x.kind = 'hire') AS hires,
  (SELECT count(*) FROM move_fact x WHERE x.company_id = c.id) AS moves,
  (
    SELECT count(*)
    FROM move_fact x
    WHERE x.previous_company_id = c.id AND x.kind = 'hire' AND (x.company_id IS NULL OR x.company_id <> c.id)
  ) AS hired_away,
  (SELECT max(m.start_date_first) FROM move m WHERE m.company_id = c.id AND m.kind = 'hire') AS latest_hire_start,
  (SELECT count(*) FROM job_ad_fact x WHERE x.company_id = c.id) AS job_ads,
  (SELECT count(*) FROM job_ad_fact x WHERE x.company_id = c.id AND x.gone_at IS NULL) AS open_job_ads
FROM company c;
CREATE VIEW roles AS
-- Each role of a move and title of an ad, with what it is taken for.
SELECT
  r.example AS role,
  r.function,
  r.seniority,
  r.rule,
  (SELECT count(*) FROM move m WHERE m.role_folded = r.folded AND m.same_as_id IS NULL) AS moves,
  (SELECT count(*) FROM job_ad a WHERE a.title_folded = r.folded AND a.same_as_id IS NULL) AS job_ads,
  r.folded AS role_folded,
  r.tables_version
FROM "role" r;
CREATE VIEW sightings AS
-- Each time a move, a job ad or an unread announcement was seen on a page.
SELECT
  'move' AS record,
  m.id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  nullif(coalesce(i.text, v.text), m.text) AS text_here,
  v.company AS company_here
FROM move_sighting i
JOIN move v ON v.id = i.move_id
JOIN move m ON m.id = coalesce(v.same_as_id, v.id)
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'job_ad' AS record,
  a.id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  nullif(coalesce(i.text, v.text), a.text) AS text_here,
  v.company AS company_here
FROM job_ad_sighting i
JOIN job_ad v ON v.id = i.job_ad_id
JOIN job_ad a ON a.id = coalesce(v.same_as_id, v.id)
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id
UNION ALL
SELECT
  'unparsed' AS record,
  i.unparsed_id AS record_id,
  i.seen_at,
  s.name AS source,
  f.url AS page_url,
  f.page_id,
  f.id AS fetch_id,
  f.run_id,
  NULL AS text_here,
  NULL AS company_here
FROM unparsed_sighting i
JOIN "fetch" f ON f.id = i.fetch_id
JOIN source s ON s.id = f.source_id;
COMMIT;
