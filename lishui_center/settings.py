"""All settings, in one file. Every knob is an environment variable; `.env.example` lists them.

With no variable set, the system runs embedded: SQLite, a file broker and a file outbox under var/.
"""

import logging
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Security -------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEVELOPMENT_KEY = "development-only-key-never-use-it-in-production-0123456789"
SECRET_KEY = env.str("SECRET_KEY", DEVELOPMENT_KEY if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to 50 random characters or more; on your own machine set DEBUG=1 instead."
    )
SITE_URL = env.str("SITE_URL", "") or f"http://127.0.0.1:{env.str('PORT', '8000')}"
# The loopback names are always allowed: health checks come from there.
ALLOWED_HOSTS = [
    *env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname]),
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", SITE_URL.startswith("https://"))
# How many proxies of ours stand in front and write X-Forwarded-For: what they saw is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# Comma-separated, newest first: the first encrypts, all decrypt. `manage.py rotate_keys` moves on.
FIELD_KEYS = env.list("FIELD_KEYS", default=[]) or [SECRET_KEY]
# The key of the look-up hash of phone numbers. To change it, stop the site and run rotate_keys.
LOOKUP_KEY = env.str("LOOKUP_KEY", "") or SECRET_KEY

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 31_536_000
X_FRAME_OPTIONS = "DENY"

# Where browsers reach the event streams, if not below SITE_URL. Empty: behind the same proxy.
STREAMS_URL = env.str("STREAMS_URL", "")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *([STREAMS_URL] if STREAMS_URL else [])],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# --- Applications ---------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # allauth's list of security keys
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "lishui_center.accounts.apps.StaffAdminConfig",
    "django_htmx",
    "django_structlog",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "lishui_center.common",
    "lishui_center.audit",
    "lishui_center.notifications",
    "lishui_center.accounts",
    "lishui_center.exports",
    "lishui_center.photos",
    "services",
    "volunteers",
    "thinktank",
    "lishui_center.api",
    "lishui_center.dashboards",
    "lishui_center.demo",
]

MIDDLEWARE = [
    "services.slots.middleware.AvailabilityCache",
    "lishui_center.common.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages carry CSRF tokens; Django pads what it compresses against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "lishui_center.common.middleware.MaintenanceMiddleware",
    "lishui_center.common.middleware.WholeAddressMiddleware",
    "lishui_center.audit.context.AddressMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lishui_center.urls"
WSGI_APPLICATION = "lishui_center.wsgi.application"
ASGI_APPLICATION = "lishui_center.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lishui_center.common.context.site",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database, cache ------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'lishui.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock first: deferred transactions fail when two of them upgrade.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # The same few statements all day: prepared, PostgreSQL need not plan them each time.
    # A server that is gone without a word must not hold every thread for minutes.
    DATABASES["default"]["OPTIONS"] = {
        "server_side_binding": True,
        "prepare_threshold": 3,
        "connect_timeout": 5,
        "tcp_user_timeout": 10_000,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            # Shared by all processes, as sign-in rate limits need.
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    ),
    # What one process may keep for seconds, because it checks or may be late.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# --- Celery ---------------------------------------------------------------------------------
# The broker only wakes workers; what is due is always read from the database.
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    BROKER_DIR = VAR_DIR / "broker"
    for folder in ("queue", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
    }
else:
    # A page that wakes a worker must not wait for a broker that is gone.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "extend-plans": {"task": "services.extend_plans", "schedule": crontab(hour=0, minute=10)},
    "settle-closures": {
        "task": "services.settle_closures",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "clear-places": {"task": "services.clear_places", "schedule": 300.0},
    "close-past-items": {
        "task": "services.close_past_items",
        "schedule": crontab(hour=0, minute=5),
    },
    "close-uses": {"task": "services.close_uses", "schedule": crontab(minute="*/15")},
    "close-days": {"task": "services.close_days", "schedule": crontab(minute="*/15")},
    "forget-old-visits": {
        "task": "services.forget_old",
        "schedule": crontab(hour=3, minute=40),
    },
    "release-unconfirmed": {
        "task": "services.release_unconfirmed",
        "schedule": crontab(hour="18-20", minute=5),
    },
    "scan-rosters": {"task": "services.scan_rosters", "schedule": crontab(hour=9, minute=0)},
    "serve-waitlist": {"task": "services.serve_waitlist", "schedule": 60.0},
    "review-teams": {"task": "volunteers.review_teams", "schedule": crontab(hour=9, minute=10)},
    "remove-member-imports": {"task": "volunteers.remove_imports", "schedule": 600.0},
    "forget-old-volunteers": {
        "task": "volunteers.forget_old",
        "schedule": crontab(hour=3, minute=50),
    },
    "chase-needs": {"task": "services.chase_needs", "schedule": crontab(minute="*/5")},
    "close-silent-needs": {
        "task": "services.close_silent_needs",
        "schedule": crontab(hour=8, minute=30),
    },
    "roll-up-rates": {"task": "services.roll_up_rates", "schedule": crontab(minute=20)},
    "serve-signups": {"task": "volunteers.serve_signups", "schedule": 60.0},
    "keep-attendance": {"task": "volunteers.keep_attendance", "schedule": 300.0},
    "send-due-notifications": {
        "task": "notifications.send_due",
        "schedule": 5.0,
        # A worker that comes back finds one call, not a heap of them.
        "options": {"expires": 5},
    },
    "forget-old-notifications": {
        "task": "notifications.forget_old",
        "schedule": crontab(hour=3, minute=30),
    },
    "write-due-exports": {
        "task": "exports.write_due",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "remove-expired-exports": {"task": "exports.remove_expired", "schedule": 3600.0},
    "remove-unused-photos": {
        "task": "photos.remove_unused",
        "schedule": crontab(hour=3, minute=50),
    },
    "find-stars": {"task": "volunteers.find_stars", "schedule": crontab(hour=2, minute=20)},
    "count-team-days": {
        "task": "volunteers.count_team_days",
        "schedule": crontab(hour=2, minute=40),
    },
    "seal-audit-events": {"task": "audit.seal", "schedule": 5.0},
    "purge-audit-events": {"task": "audit.purge", "schedule": 24 * 3600.0},
    "forget-sessions": {
        "task": "accounts.forget_sessions",
        "schedule": crontab(hour=3, minute=20),
    },
    "remove-spent-minutes": {
        "task": "volunteers.remove_spent_minutes",
        "schedule": crontab(hour=2, minute=10),
    },
    "draw-hours-sample": {
        "task": "volunteers.draw_sample",
        "schedule": crontab(hour=2, minute=20),
    },
    "reconcile-hours": {
        "task": "volunteers.reconcile",
        "schedule": crontab(hour=2, minute=30),
    },
    "erase-closed-accounts": {"task": "accounts.erase_closed", "schedule": 3600.0},
    "end-terms": {"task": "thinktank.end_terms", "schedule": crontab(hour=9, minute=10)},
    "tick-recommendations": {"task": "thinktank.tick", "schedule": crontab(hour=9, minute=15)},
}

# --- Volunteer hours ----------------------------------------------------------------------------
HOURS_BACK_ENTRY_DAYS = env.int("HOURS_BACK_ENTRY_DAYS", 365)
"""How long ago the service may be that a centre's staff enter for a volunteer."""
HOURS_AUDIT_PERCENT = env.int("HOURS_AUDIT_PERCENT", 4)
"""How many of a day's approved records are drawn for a second look; 3 to 5 in domain.md."""

# --- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- The site: who runs it; the footer hides what is empty ------------------------------------
ORGANISER = env.str("ORGANISER", "")
CONTACT_PHONE = env.str("CONTACT_PHONE", "")
SITE_IDENTIFIER = env.str("SITE_IDENTIFIER", "")
ICP_RECORD = env.str("ICP_RECORD", "")
POLICE_RECORD = env.str("POLICE_RECORD", "")
DEMO_MARK = env.bool("DEMO_MARK", DEBUG)
MAINTENANCE = env.bool("MAINTENANCE", False)

# --- Activities -------------------------------------------------------------------------------
# Coming so little late to a session, or leaving so little early, counts as the whole.
ATTENDANCE_TOLERANCE_MINUTES = env.int("ATTENDANCE_TOLERANCE_MINUTES", 10)

# --- Static files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Exports --------------------------------------------------------------------------------
# A list of more rows than this is written by the worker and fetched when it is there.
EXPORT_AT_ONCE = env.int("EXPORT_AT_ONCE", 2000)
# Web and worker both need it; each file is for one person and a day.
EXPORTS_DIR = VAR_DIR / "exports"

# --- Volunteers -----------------------------------------------------------------------------
# A team without an approved record for so many days is set to rest, and its leader told.
TEAM_DORMANT_AFTER_DAYS = env.int("TEAM_DORMANT_AFTER_DAYS", 180)

# --- Think tank -----------------------------------------------------------------------------
# Days that an owner has to answer a recommendation.
RECOMMENDATION_DAYS = env.int("RECOMMENDATION_DAYS", 90)
# --- Certificates ---------------------------------------------------------------------------
# A font file that knows Chinese, "path" or "path#face" of a .ttc; empty: what is installed.
CERTIFICATE_FONT = env.str("CERTIFICATE_FONT", "")
# An hour, 0 for no limit: codes tried from one address that do not exist, papers for one account.
CERTIFICATE_GUESSES = env.int("CERTIFICATE_GUESSES", 30)
CERTIFICATE_DRAWINGS = env.int("CERTIFICATE_DRAWINGS", 60)

# --- Accounts -------------------------------------------------------------------------------
# Per address, for anonymous writes; "off" for load tests. What one person may is a constraint.
THROTTLE_ANON = env.str("THROTTLE_ANON", "60/hour")
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # The e-mail is unique when there is one, by constraint.

LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "accounts:home"
STAFF_HOME_URL = "/staff/"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # Residents; a staff session ends after 30 idle minutes.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "lishui_center.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lishui_center.accounts.forms.StaffSignInForm",
    "request_login_code": "lishui_center.accounts.forms.RequestCodeForm",
    "confirm_login_code": "lishui_center.accounts.forms.CodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# There is no sign-up form (see the adapter): this says that phones and passwords exist.
ACCOUNT_SIGNUP_FIELDS = ["phone", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 300
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 300
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
# "60/hour" is DRF's notation, allauth's is "60/h".
HOLDS_ANON = "" if THROTTLE_ANON == "off" else THROTTLE_ANON[: THROTTLE_ANON.index("/") + 2]
ACCOUNT_RATE_LIMITS = {
    # Five wrong passwords lock that account's sign-in for 20 minutes.
    "login_failed": "20/m/ip,5/20m/key",
    # Fifteen a day: more would only harass whoever owns the phone.
    "request_login_code": "20/m/ip,5/15m/key,15/d/key",
    "change_phone": "5/15m/user",
    "verify_phone": "5/15m/key,20/m/ip",
    # Each anonymous hold keeps a place from others. The same knob as the API's writes.
    "hold_slot": HOLDS_ANON,
    # A code of six digits is good for a minute: nobody gets to try many of them.
    "attend_code": "10/m/user,60/h/user",
    "hold_slot_signed_in": HOLDS_ANON and f"{HOLDS_ANON}/user",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
MFA_ADAPTER = "lishui_center.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# --- API ------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["lishui_center.api.parsers.FlatJsonParser"],
    "DEFAULT_PAGINATION_CLASS": "lishui_center.api.pagination.Pages",
    "DEFAULT_THROTTLE_CLASSES": (
        [] if THROTTLE_ANON == "off" else ["lishui_center.api.throttles.AnonymousWrites"]
    ),
    "DEFAULT_THROTTLE_RATES": {"writes": None if THROTTLE_ANON == "off" else THROTTLE_ANON},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "lishui_center.api.errors.handle",
    "NUM_PROXIES": TRUSTED_PROXIES,
}
REST_KNOX = {"AUTH_HEADER_PREFIX": "Token"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Lishui Center",
    "DESCRIPTION": "Centres, what they do, what is free, booking it, and reporting needs.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Several parts of the API have a state and a category, each of its own.
    "ENUM_NAME_OVERRIDES": {
        "StateEnum": "volunteers.hours.models.HourState.choices",
        "CategoryEnum": "services.catalogue.models.Category.choices",
        "NeedStateEnum": "services.requests.rules.State.choices",
        "NeedCategoryEnum": "services.requests.models.Category.choices",
        "ProjectCategoryEnum": "volunteers.projects.models.Category.choices",
        "ProjectStateEnum": "volunteers.projects.rules.State.choices",
        "ProjectKindEnum": "volunteers.projects.models.ProjectKind.choices",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "lishui_center.api.schema.add_errors",
    ],
}

# --- Messages -------------------------------------------------------------------------------
# "file:" writes SMS and mails into OUTBOX_DIR; https://key-id:secret@host/path is a signed gateway.
SMS_URL = env.str("SMS_URL", "file:")
OUTBOX_DIR = VAR_DIR / "outbox"
if env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "lishui_center.notifications.outbox.FileEmailBackend"
EMAIL_TIMEOUT = 10
# Nobody is written to between these wall times, codes and closures of the day excepted.
QUIET_FROM = time.fromisoformat(env.str("QUIET_FROM", "21:30"))
QUIET_UNTIL = time.fromisoformat(env.str("QUIET_UNTIL", "08:00"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "里水党群 <no-reply@localhost>")
DEMO_PHONES = env.bool("DEMO_PHONES", DEBUG)
# Whether a phone is proven by a code before messages go there: as soon as messages are really sent.
PHONE_VERIFICATION = env.bool("PHONE_VERIFICATION", not SMS_URL.startswith("file:"))

# --- Logs -----------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "lishui_center.common.logs.line_formatter", "as_json": not DEBUG},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # Their own handlers are taken away: the root's line says it once.
        "django": {"handlers": []},
        "django.server": {"handlers": []},
        "gunicorn.error": {"handlers": [], "propagate": True},
        # The request middleware says the same without the path, which can carry a token.
        "django.request": {"level": "CRITICAL"},
        # It tells glyph by glyph what is on a certificate, which is somebody's name.
        "fontTools": {"level": "ERROR"},
        "fpdf": {"level": "ERROR"},
        # One line every few seconds for as long as the system runs tells nobody anything.
        "celery.beat": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# Who did what is the audit's business; asking here would also load the user on every request.
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
