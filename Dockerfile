# The image that production runs: web, worker, beat and the migrations start from it, with different commands.

FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock

FROM python:3.11-slim
# Pango and fonts, for names in any script: WeasyPrint's documents.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin ancrage
COPY --from=build /venv /venv
WORKDIR /app
COPY . .

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.prod

# The static files are part of the image. Settings refuse to load without secrets: these protect nothing and stay in
# this one command.
RUN key() { python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'; } \
    && DJANGO_SECRET_KEY=build ANCRAGE_ENCRYPTION_KEYS="build:$(key)" ANCRAGE_BLIND_INDEX_KEY="$(key)" \
       DJANGO_ALLOWED_HOSTS=build.invalid DATABASE_URL=postgres://build.invalid/build \
       python manage.py collectstatic --no-input --verbosity 0

# A volume mounted there takes its owner from here.
RUN install -d -o ancrage -m 700 /srv/ancrage/media

USER ancrage
EXPOSE 8000
# The heartbeat files of the workers live in memory: a slow disk must not look like a dead worker.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
