-- A role that may do what grading needs and nothing else: no accounts, passwords, sessions or tokens, no new submissions.
-- Run it again after an update; docs/operating.md shows how. The password is the secret worker_database_password, as the
-- container of the database sees it, unless psql is given another one (--set password=...).
\set ON_ERROR_STOP on
\if :{?password}
\else
\set password `cat /run/secrets/worker_database_password`
\endif
SELECT 'CREATE ROLE baremath_worker LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'baremath_worker') \gexec
ALTER ROLE baremath_worker PASSWORD :'password';
GRANT SELECT ON courses_course, courses_lesson, courses_task, grader_submission, grader_gradingrun TO baremath_worker;
-- Also what SELECT ... FOR UPDATE SKIP LOCKED asks for: one column that may be updated.
GRANT UPDATE (status, claim, claimed_by, claimed_at, attempts, latest_run_id) ON grader_submission TO baremath_worker;
GRANT INSERT ON grader_gradingrun TO baremath_worker;
-- Whom to tell of a verdict, and that; neither where they want to be told nor the secret that signs it.
GRANT SELECT (id, user_id, is_active, events) ON webhooks_webhook TO baremath_worker;
GRANT INSERT ON webhooks_delivery TO baremath_worker;
