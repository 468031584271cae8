# One image for every process: pages, streams, worker, beat. docker-compose.yml shows them together.
FROM node:22-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY static static
RUN npm run build

FROM python:3.12-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.12-slim
# The PDF and picture fonts that know Chinese; the rest of the system is Python alone.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /srv/lishui lishui
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 VAR_DIR=/srv/lishui/var
WORKDIR /srv/lishui/center
COPY --from=packages /venv /venv
COPY . .
COPY --from=frontend /build/static/dist static/dist
# Built as root and read-only to the process; var/ is all it may write to.
RUN pybabel compile --domain django --directory locale \
    && SECRET_KEY=only-to-collect VAR_DIR=/tmp/build STATIC_ROOT=/srv/lishui/static \
        python manage.py collectstatic --no-input --verbosity 0 \
    && install --directory --owner lishui /srv/lishui/var
ENV STATIC_ROOT=/srv/lishui/static
USER lishui
VOLUME /srv/lishui/var
EXPOSE 8000
HEALTHCHECK --start-period=30s CMD \
    ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["gunicorn"]
