"""A PostgreSQL of the bench's own: unlike that of the tests, what it says is stored is stored."""

from pathlib import Path

from deploy.services import postgres

OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c max_connections=50 -c shared_buffers=1GB -c work_mem=64MB"
    " -c maintenance_work_mem=512MB -c max_wal_size=8GB -c checkpoint_timeout=15min"
    " -c effective_cache_size=8GB -c random_page_cost=1.1"
)
NAME = "bench-postgres"


def start(var: Path) -> str:
    """Start it, making it first; returns its URL."""
    url = postgres.start(var / "bench", options=OPTIONS)["TEST_POSTGRES_URL"]
    return url.rsplit("/", 1)[0]


def stop(var: Path) -> None:
    postgres.stop(var / "bench")
