"""Background work, the door: what a module needs to declare jobs, and what runs them.

    @job("hazards.thumbnails")                      enqueue(thumbnails, hazard_id=hazard.id)
    @scheduled("plans.recount", Daily(hour=2))      def recount(slot: Slot) -> None: …

`enqueue` joins the data's transaction. Ids and the asking person in; the job fetches as of now and calls acts.
"""

from xiaoan.foundation.attachments import jobs as _attachment_jobs  # noqa: F401 - they enter the register
from xiaoan.foundation.job_queue import Job, enqueue, job, known_jobs
from xiaoan.foundation.schedule import Daily, Every, Slot, scheduled
from xiaoan.foundation.worker import QueueState, queue_state, run_worker

__all__ = [
    "Daily",
    "Every",
    "Job",
    "QueueState",
    "Slot",
    "enqueue",
    "job",
    "known_jobs",
    "queue_state",
    "run_worker",
    "scheduled",
]
