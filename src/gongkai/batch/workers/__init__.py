"""Who makes the units: processes of this machine, or a cluster, with the same packs and the same toolchain."""
