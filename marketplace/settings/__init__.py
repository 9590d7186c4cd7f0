"""Settings: `base` holds everything; `local`, `production`, `test` choose; `env` reads values."""
