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

FROM python:3.11-slim-bookworm
# bubblewrap builds the jail, util-linux has setpriv, and libseccomp2 compiles the jail's system call filter.
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap util-linux libseccomp2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin baremath \
    && install -d -o baremath -g baremath /data
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
