"""Every setting, read from the environment; the defaults run Baremath on one laptop.

DATABASE_URL and REDIS_URL replace the embedded SQLite and Valkey by PostgreSQL and Redis; nothing else changes.
"""

import contextlib
import hashlib
import re
import secrets
import tempfile
from pathlib import Path

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from lms import logs
from lms.environment import Environment

BASE_DIR = Path(__file__).resolve().parents[2]
env = Environment()
Environment.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env("BAREMATH_DATA", default=str(BASE_DIR / ".data"))).resolve()


def _kept_secret(path: Path) -> str:
    """Return the secret in `path`; make it at first start, so that sessions survive a restart."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix="secret_key.") as draft:
                draft.write(secrets.token_urlsafe(48))
                draft.flush()
                with contextlib.suppress(FileExistsError):  # another process was first: its secret counts
                    path.hardlink_to(draft.name)
        return path.read_text()
    except OSError:
        # `up` reports an unusable data folder in its own words; commands that need no data work without it.
        return secrets.token_urlsafe(48)


def _valkey_socket(data: Path) -> str:
    """Path of the embedded broker's socket: in the data folder, or in /tmp where that is too long for the kernel."""
    path = data / "valkey" / "valkey.sock"
    if len(str(path)) < 100:
        return str(path)
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"baremath-{digest}" / "valkey.sock")


SECRET_KEY = env.secret("SECRET_KEY") or _kept_secret(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS")  # keys of before: sessions and certificates hold on
DEBUG = env.switch("DEBUG")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "lms.accounts",
    "lms.web",
    "lms.progress",
    "lms.drafts",
    "lms.search",
    "lms.backups",
    "lms.launcher",
    "grader",
    "grader.webhooks",
    "courses",
    "lms.panel_config.PanelConfig",  # django.contrib.admin, with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]
MIDDLEWARE = [
    "lms.metrics.request_times",
    "lms.request_ids.request_ids",
    "lms.headers.security_headers",
    "grader.api.answers.api_answers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.compression.PageCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
ASGI_APPLICATION = "lms.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Database. IMMEDIATE and WAL: with SQLite's defaults, 8 writers met 'database is locked' in 369 of 1,200 transactions.
DATABASES = {
    "default": env.database(
        "DATABASE_URL", password=env.secret("DATABASE_PASSWORD"), default=DATA_DIR / "baremath.sqlite3"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None  # the threads stay (lms.asgi); a new connection is a millisecond
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)  # /readyz answers within seconds
# How long a statement of a page may take; 0: as long as it takes, as for workers, migrations and backups (PostgreSQL).
DATABASE_PATIENCE_S = env.number("DATABASE_PATIENCE_S", default=0, least=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis: cache, events, free runs and the Celery broker. Where it is embedded, `manage.py up` starts Valkey.
VALKEY_SOCKET = _valkey_socket(DATA_DIR)
REDIS_URL = env.broker("REDIS_URL", password=env.secret("REDIS_PASSWORD"), default=f"unix://{VALKEY_SOCKET}")
REDIS_IS_EMBEDDED = env.secret("REDIS_URL") == ""
CACHES = {
    "default": {
        "BACKEND": "lms.cache.LosableCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "socket_connect_timeout": 1,  # a page never hangs on the cache
            "socket_timeout": 1,
            "serializer": "lms.cache.JsonSerializer",
        },
    }
}

# Grading. The order matters: sandbox limit < soft limit < hard limit < visibility timeout,
# else a slow job is delivered, and run, more than once.
GRADING_WALL_S = 60
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.number("VISIBILITY_TIMEOUT_S", default=300),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "queue_order_strategy": "priority",  # -Q run,grade,regrade: most urgent first, what is awaited at the keyboard
}
CELERY_WORKER_CONCURRENCY = env.number("WORKER_PROCESSES", default=2)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_DB_REUSE_MAX = 1000  # else Celery connects anew around every job: a quarter of the time of a verdict
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60  # a worker process imports torch before it says that it is up
CELERY_TASK_SOFT_TIME_LIMIT = env.number("JOB_SOFT_LIMIT_S", default=90)
CELERY_TASK_TIME_LIMIT = env.number("JOB_HARD_LIMIT_S", default=120)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "grade"
CELERY_TIMEZONE = "UTC"
SUBMISSION_MAX_BYTES = 64 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of any request's body, as in deploy/nginx/nginx.conf
QUEUE_MAX = env.number("QUEUE_MAX", default=10_000)  # submissions that may wait; beyond it, new ones are refused
SUBMISSION_MAX_ATTEMPTS = 3  # gradings of one submission that fail in the grader before it is reported as our fault
SUBMISSION_MAX_DELIVERIES = 10  # the same, where its worker or its jail was killed from outside
SWEEP_INTERVAL_S = env.number("SWEEP_INTERVAL_S", default=5)
CLAIM_EXPIRES_S = env.number("CLAIM_EXPIRES_S", default=150)  # after the hard limit: the worker that claimed it is gone

# Webhooks. Nothing here calls out unless the operator wants it; and then public addresses only, or a learner's webhook
# would reach what stands beside this server.
WEBHOOKS = env.switch("WEBHOOKS")
WEBHOOK_PRIVATE_ADDRESSES = env.switch("WEBHOOK_PRIVATE_ADDRESSES")

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lms.accounts.backend.OneLook"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = env("EMAIL_VERIFICATION", default="none")
SIGN_UP_RATE = env.rate("SIGN_UP_RATE", default="60/min")  # from one address: a whole class may sit behind it
SIGN_IN_RATE = env.rate("SIGN_IN_RATE", default="120/min")  # the same, at the beginning of a lesson
ACCOUNT_ADAPTER = "lms.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {  # besides those that allauth brings; it knows units by their first letter
    "signup": re.sub("(/.).*", r"\1/ip", SIGN_UP_RATE),
    "login": re.sub("(/.).*", r"\1/ip", SIGN_IN_RATE),
    # Wrong passwords and codes; the key is a name at an address, so that nobody can lock a name for everybody.
    "login_failed": "60/5m/ip,5/5m/key",
    "export": "5/h/user",
    "device_code": "20/10m/user,60/10m/ip",  # of 20^8 user codes
}
EXPORT_MAX_BYTES = 50 * 1024 * 1024  # about: a learner's archive is built in a temporary file and read in one answer
# Proxies in front whose X-Forwarded-For is believed when sign-ins are counted; with 0 it is only what a visitor says.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", default=0, least=0)
# Staff must have signed in with a second factor to do what staff may.
ADMIN_MFA = env.switch("ADMIN_MFA")
# An address that nobody confirms proves nothing, so it need not be confirmed to protect an account.
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("home")
EMAIL_CONFIG = env.mail("EMAIL_URL")
vars().update(EMAIL_CONFIG)

# Pages
STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(DATA_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.compression.StaticFiles"},
}
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.number("SESSION_DAYS", default=14) * 24 * 60 * 60
CSRF_COOKIE_HTTPONLY = True  # pages take the token from their forms
CSRF_COOKIE_SAMESITE = "Lax"
HTTPS = env.switch("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:  # a browser takes a cookie of such a name from this host alone, over HTTPS: no neighbour can plant one
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.switch("HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.switch("HSTS_PRELOAD")
# Both bind names that are not ours to bind, for a year: whoever runs this domain decides that (docs/security.md).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
FILE_UPLOAD_HANDLERS: list[str] = []  # nothing is uploaded: a file in a form is read past, and kept nowhere
DEFAULT_EXCEPTION_REPORTER_FILTER = "lms.reports.SecretsFilter"

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "grader.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "grader.api.permissions.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["grader.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "grader.api.schema.ResourceSchema",
    "EXCEPTION_HANDLER": "grader.problems.problem_response",
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "DEFAULT_THROTTLE_CLASSES": ["grader.api.throttles.ReadThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "read": env.rate("READ_RATE", default="600/min"),
        "address": env.rate("ADDRESS_RATE", default="3000/min"),
        "device": env.rate("DEVICE_RATE", default="20/min"),
        "submit": env.rate("SUBMIT_RATE", default="30/min"),
        "submit_staff": env.rate("SUBMIT_STAFF_RATE", default="1000/min"),
        "run": env.rate("RUN_RATE", default="60/min"),
        "watch": env.rate("WATCH_RATE", default="20/min"),
        "draft": env.rate("DRAFT_RATE", default="120/min"),
        "webhook": env.rate("WEBHOOK_RATE", default="30/min"),  # made, tried, or told something again
    },
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Pages of other origins may use the API with a token, never with the cookies of a session; without origins it is off.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = [*default_headers, "idempotency-key", "if-none-match", "last-event-id", "x-request-id"]
CORS_EXPOSE_HEADERS = [
    "Location", "Retry-After", "ETag", "RateLimit", "RateLimit-Policy", "X-Request-ID", "Idempotency-Replayed",
]  # fmt: skip
if CORS_ALLOWED_ORIGINS:  # outside of what answers errors, so that a page can read these, too
    MIDDLEWARE.insert(MIDDLEWARE.index("grader.api.answers.api_answers"), "corsheaders.middleware.CorsMiddleware")
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "Baremath API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},  # its default asks a server elsewhere
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "grader.api.schema.name_tasks",
        "grader.api.schema.name_fields",
        "grader.api.overview.add_overview",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BackendEnum": "grader.models.Backend",
        "ScopeEnum": "grader.api.scopes.Scope",
        "StatusEnum": "grader.api.serializers.submissions.STATUSES",
        "DeliveryStatusEnum": "grader.webhooks.models.DeliveryStatus",
        "TaskStateEnum": "grader.selectors.TaskState",
        "StandingEnum": "lms.progress.standing.State",
    },
}

# What is taught: a folder per course (see docs/architecture.md).
CONTENT_DIR = Path(env("BAREMATH_CONTENT", default=str(BASE_DIR / "courses" / "content")))

LOGGING = logs.configuration(env.choice("LOG_FORMAT", logs.FORMATS), env("LOG_LEVEL", default="INFO"))
METRICS_TOKEN = env.secret("METRICS_TOKEN")  # what Prometheus shows at /metrics; without it there is no such page
