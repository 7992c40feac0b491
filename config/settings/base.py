"""What is true of Ancrage wherever it runs. Secrets, hosts and databases are the business of dev, test and prod."""

from datetime import date
from pathlib import Path

from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- Rooms ------------------------------------------------------------------------------------------------------------

# No django.contrib.admin: it would be a second door for writing, which no service and no permission guards.
INSTALLED_APPS = [
    # Ours, upper rooms first: their templates and commands win over those below.
    "reporting",
    "inspection",
    "documents",
    "esf",
    "timesheets",
    "road",
    "followup",
    "placements",
    "beneficiaries",
    "employers",
    "method",
    "tables",
    "accounts",
    "privacy",
    "foundation",
    # Django's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    # Libraries
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "auditlog",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "lucide",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    # Before those who are not logged in are sent to log in: what they had typed follows them.
    "foundation.kept_words.KeptWordsMiddleware",
    "foundation.leaving.ClearSiteDataMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "privacy.middleware.AuditMiddleware",
    "reporting.middleware.NumbersLeaveAddressesMiddleware",
    # After those that know who asks and what is announced: a form sent twice is answered before any page is asked.
    "foundation.sent_forms.SentOnceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
            "builtins": ["foundation.templatetags.looks"],
        },
    }
]
# Widgets are rendered with the project's templates, so that one of them can be replaced like any other template.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Our own, in templates/ancrage/: see foundation/layouts.py.
CRISPY_ALLOWED_TEMPLATE_PACKS = ("ancrage",)
CRISPY_TEMPLATE_PACK = "ancrage"
CRISPY_FAIL_SILENTLY = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language, dates, numbers -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr-be"
# Each by its own name: whoever looks for a language reads no other. The source is French; locale/ holds the others.
LANGUAGES = [("fr-be", "français"), ("nl-be", "Nederlands"), ("de-be", "Deutsch")]
# Written in locale/, compiled where gettext reads them (foundation/catalogues.py).
CATALOGUES_DIR = str(BASE_DIR / "locale")
LOCALE_PATHS = [str(BASE_DIR / "var" / "locale")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- Who comes in -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# What was typed comes back after a log-in in another tab.
CSRF_FAILURE_VIEW = "config.views.not_sent"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
# Accounts are opened by an administrator of the organisation, who answers for the address: nothing to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The same answer whether or not an address is known: who works where is nobody else's business.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A change of password or of second factor is told to its owner by e-mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.login.LoginForm",
    "reset_password": "accounts.forms.login.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.login.ResetPasswordKeyForm",
    "change_password": "accounts.forms.login.ChangePasswordForm",
    "reauthenticate": "accounts.forms.login.ReauthenticateForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Ancrage] "
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True

MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.login.CodeForm",
    "reauthenticate": "accounts.forms.login.CodeReauthenticateForm",
    "activate_totp": "accounts.forms.login.ActivateTOTPForm",
    "deactivate_totp": "accounts.forms.login.DeactivateTOTPForm",
    "generate_recovery_codes": "accounts.forms.login.GenerateRecoveryCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ancrage"

# A working day, and no longer than the browser stays open: the desk may be shared.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- What a browser may do with our pages -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # Bootstrap's style sheet draws its check marks and arrows with data: images.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- Files that the site serves itself --------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir())]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "foundation.staticfiles.TypefacesFinder",
]

# --- Files that people entrust to us ----------------------------------------------------------------------------------

# No address leads there, and the disk alone says nothing: a view reads them for whoever may
# (beneficiaries/views/papers.py).
STORAGES = {
    "default": {"BACKEND": "privacy.storage.SealedStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Where the typefaces of screens are made, once, from those that packages ship (foundation/typefaces.py).
TYPEFACES_DIR = str(BASE_DIR / "var" / "typefaces")

MEDIA_ROOT = str(BASE_DIR / "var" / "media")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Background work --------------------------------------------------------------------------------------------------

CELERY_TIMEZONE = TIME_ZONE
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
# A worker that dies in the middle gives its task back; every task can therefore run twice without harm.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# --- Mails of the outbox ----------------------------------------------------------------------------------------------

EMAIL_TIMEOUT = 30
# How long a sender that is no longer heard of keeps its mail: longer than any mail takes.
OUTBOX_LEASE_SECONDS = 10 * 60

# --- Logs -------------------------------------------------------------------------------------------------------------

# To the console, for the machine that hosts us to keep. Nothing that names a person is ever logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # They tell each step of each page.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}

# Whom one tells that a page cannot be used, and to whom one then complains, as the accessibility statement says it.
# The statement speaks of the whole site and is read without logging in: these belong to the installation, which checks
# them and says when. What is empty is told as missing, never guessed.
ACCESSIBILITY_ROUTE: dict[str, str | date | None] = {
    "email": "",
    "address": "",
    "body": "",
    "body_address": "",
    "checked_on": None,
}
