"""How long Hypothesis looks: the same examples each time in `make test`, new ones for a night in `make soak`."""

import os

from hypothesis import HealthCheck, Phase, settings

# A busy machine is slow, which says nothing about the rules.
_SLOW_IS_FINE = [HealthCheck.too_slow]
# The shortest failing example says enough; explaining it takes longer than finding it.
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink]

settings.register_profile(
    "default",
    max_examples=200,
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=_SLOW_IS_FINE,
    phases=_PHASES,
)
settings.register_profile(
    "soak",
    max_examples=3000,
    stateful_step_count=100,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_IS_FINE,
    phases=_PHASES,
)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
settings.load_profile(PROFILE)
