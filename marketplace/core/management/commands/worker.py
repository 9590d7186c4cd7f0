from datetime import timedelta

from django.core.management.base import BaseCommand

from marketplace.core import worker


class Command(BaseCommand):
    help = "Run background jobs and those that come round, until a signal; run as many as you like"

    def add_arguments(self, parser):
        parser.add_argument("--drain", action="store_true", help="run what waits now, then end")
        parser.add_argument(
            "--job-limit",
            type=int,
            default=int(worker.JOB_LIMIT.total_seconds()),
            help="seconds after which a running job is taken from its (dead) worker",
        )

    def handle(self, *args, drain, job_limit, **options):
        if drain:
            self.stdout.write(f"{worker.run_ready_jobs()} jobs")
            return
        loop = worker.Worker(job_limit=timedelta(seconds=job_limit))
        loop.obey_signals()
        loop.run()
