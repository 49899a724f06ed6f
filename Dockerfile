# One image for every service of docker-compose.yml; each names its own command.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/base.txt requirements/torch.txt requirements/
RUN /venv/bin/pip install --no-deps --require-hashes -r requirements/base.txt
# pip's default is PyTorch's CUDA build; the build argument names another index, as docs/operating.md says.
ARG PIP_EXTRA_INDEX_URL=
RUN /venv/bin/pip install -r requirements/torch.txt

# The version of the service `db`: a pg_dump older than the server refuses, and Debian 12 has none so new.
FROM postgres:17-bookworm AS postgresql

FROM python:3.11-slim-bookworm
# bubblewrap builds the jail, util-linux has setpriv, and libseccomp2 compiles the jail's system call filter.
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap util-linux libseccomp2 \
        libpq5 liblz4-1 libzstd1 libreadline8 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin baremath \
    && install -d -o baremath -g baremath /data
# For backups. Their own libpq goes before Debian's, whose package brings what both need; a program that cannot start
# fails the build, and not a backup.
COPY --from=postgresql /usr/lib/postgresql/17/bin/pg_dump /usr/lib/postgresql/17/bin/pg_restore \
    /usr/lib/postgresql/17/bin/psql /usr/local/bin/
COPY --from=postgresql /usr/lib/*-linux-gnu/libpq.so.5* /usr/local/lib/
RUN ldconfig && pg_dump --version && pg_restore --version && psql --version
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app:/app/platform \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=lms.settings \
    BAREMATH_DATA=/data \
    STATIC_ROOT=/app/static
RUN SECRET_KEY=only-for-the-build python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q platform courses grader mlcore
USER baremath
CMD ["gunicorn", "lms.wsgi:application", "--bind", "0.0.0.0:8000"]
