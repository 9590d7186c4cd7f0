"""A PostgreSQL of the bench's own: unlike that of the tests, what it says is stored is stored.

python -m tests.bench.ledger.cluster          start it, making it first; print its URL
python -m tests.bench.ledger.cluster stop
"""

import os
import sys
from pathlib import Path

from deploy.services import postgres

FOLDER = Path(os.environ.get("VAR_DIR", "var")).resolve() / "bench"
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c max_connections=50 -c shared_buffers=1GB -c work_mem=64MB"
    " -c maintenance_work_mem=512MB -c max_wal_size=8GB -c checkpoint_timeout=15min"
    " -c effective_cache_size=8GB -c random_page_cost=1.1"
)

if __name__ == "__main__":
    if sys.argv[1:] == ["stop"]:
        postgres.stop(FOLDER)
    else:
        print(postgres.start(FOLDER, options=OPTIONS)["TEST_POSTGRES_URL"])
