using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Orchestrations;

/// <summary>Input of <see cref="SweepOrchestrator"/>.</summary>
/// <param name="Night">The night it belongs to, UTC; null when somebody started it.</param>
/// <param name="IsLate">Whether it makes up for a night that was missed.</param>
public sealed record SweepInput(SweepRequest Request, DateOnly? Night, bool IsLate);

/// <summary>Input of <see cref="ActiveSweepOrchestrator"/>.</summary>
/// <param name="SweepId">The sweep to run.</param>
/// <param name="Sweep">Its input.</param>
public sealed record ActiveSweepInput(string SweepId, SweepInput Sweep);

/// <summary>Input of <c>PlanSweep</c>.</summary>
/// <param name="Sweep">What the sweep was started with.</param>
/// <param name="StartedAt">UTC start.</param>
public sealed record PlanSweepInput(string SweepId, SweepInput Sweep, DateTimeOffset StartedAt) : IStepInput
{
    StepPlace IStepInput.Place => new(SweepId, IsSweep: true);
}

/// <summary>Input of <c>CompareSweeps</c>.</summary>
/// <param name="Searches">Its searches, ended; each failure is cut short.</param>
/// <param name="FinishedAt">UTC end.</param>
public sealed record CompareSweepsInput(string SweepId, IReadOnlyList<SweepSearch> Searches, DateTimeOffset FinishedAt) : IStepInput
{
    StepPlace IStepInput.Place => new(SweepId, IsSweep: true);
}

/// <summary>Custom status of a sweep: how far it is.</summary>
/// <param name="Finished">Searches that have ended, failed ones among them.</param>
/// <param name="Failed">Searches that have failed.</param>
/// <param name="Running">Runs in hand.</param>
public sealed record SweepProgress(int Searches, int Finished, int Failed, IReadOnlyList<string> Running);

/// <summary>Output of <see cref="SweepOrchestrator"/>.</summary>
/// <param name="Failed">Searches that have failed.</param>
public sealed record SweepOutcome(string SweepId, int Searches, int Failed);
