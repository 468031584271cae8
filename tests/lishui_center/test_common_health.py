"""Health checks: alive at all, and able to work."""

import socket
import time

import pytest


@pytest.fixture
def silent_port():
    """A port that accepts connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_says_ok_without_asking_the_database(client):
    # No django_db mark: a query would fail this test.
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_is_ready_on_the_embedded_default(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_is_ready_on_redis(client, settings, redis_url):
    settings.REDIS_URL = redis_url

    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_is_not_ready_without_its_broker_folder(client, settings, tmp_path):
    settings.BROKER_DIR = tmp_path / "gone"

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"down: broker")


@pytest.mark.django_db
def test_does_not_wait_for_a_broker_that_hangs(client, settings, silent_port):
    settings.REDIS_URL = f"redis://127.0.0.1:{silent_port}/0"
    begun = time.monotonic()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert time.monotonic() - begun < 3


def test_answers_the_probe_of_a_container_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz", headers={"host": "127.0.0.1:8000"}).status_code == 200
