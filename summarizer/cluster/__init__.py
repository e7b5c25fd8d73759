"""Many machines: a heap of reports in, cut into partitions, a Parquet file of briefs each out.

plan (cut) -> for each partition a task of Ray: reports (read) -> work (ask, ledger) -> part (write)
"""

from summarizer.cluster.run import SIZE, Cluster, run_cluster
from summarizer.cluster.work import Done

__all__ = ["SIZE", "Cluster", "Done", "run_cluster"]
