using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;


namespace PelNas.Shared.Storage;

/// <summary>Checks whole rows with <see cref="StoreGuard"/> before they are written. A refusal names the field.</summary>
internal static partial class RowGuard
{
    public static void Check(RunRow run)
    {
        ArgumentNullException.ThrowIfNull(run);
        StoreGuard.RunId(run.RunId, "run.runId");
        StoreGuard.Text(run.Proposer, "run.proposer");
        StoreGuard.Text(run.Predictor, "run.predictor");
        StoreGuard.Text(run.StopReason, "run.stopReason");
        StoreGuard.Text(run.DeviceTable, "run.deviceTable");
        StoreGuard.Text(run.Request.Dataset, "run.request.dataset");
        StoreGuard.Text(run.Request.Device, "run.request.device");
        StoreGuard.Text(run.Request.PartitionScheme, "run.request.partitionScheme");
        StoreGuard.Text(run.Request.Predictor, "run.request.predictor");
        StoreGuard.Text(run.Request.ProxyScores, "run.request.proxyScores");
        StoreGuard.Finite(run.Request.MaxUsd, "run.request.maxUsd");
        StoreGuard.Finite(run.Request.MaxLatencyMs, "run.request.maxLatencyMs");
        StoreGuard.Finite(run.Request.MaxParamsM, "run.request.maxParamsM");
        Check(run.Price, "run.price");
        Check(run.Spent, "run.spent");
        Check(run.Unconfirmed, "run.unconfirmed");
        CheckPart(run.Unconfirmed, run.Spent, "run.unconfirmed");
        foreach (var partition in run.Partitions)
        {
            StoreGuard.NotNegative(partition.Id, "run.partitions[].id");
            StoreGuard.Text(partition.Rule, "run.partitions[].rule");
        }
    }

    public static void Check(BudgetRow budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        Check(budget.Price, "budget.price");
        Check(budget.Spent, "budget.spent");
        Check(budget.Unconfirmed, "budget.unconfirmed");
        CheckPart(budget.Unconfirmed, budget.Spent, "budget.unconfirmed");
        StoreGuard.NotNegative(budget.Refused, "budget.refused");
        foreach (BudgetReservation reservation in budget.InFlight)
        {
            Check(reservation.AtMost, "budget.inFlight[].atMost");
            StoreGuard.Text(reservation.Mark, "budget.inFlight[].mark");
        }
    }

    public static void Check(CandidateRow candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        StoreGuard.NotNegative(candidate.Index, "candidate.index");
        StoreGuard.NotNegative(candidate.Generation, "candidate.generation");
        StoreGuard.NotNegative(candidate.LabelledGeneration, "candidate.labelledGeneration");
        StoreGuard.NotNegative(candidate.PredictedGeneration, "candidate.predictedGeneration");
        StoreGuard.Text(candidate.Origin, "candidate.origin");
        StoreGuard.Text(candidate.Rationale, "candidate.rationale");
        StoreGuard.Finite(candidate.PredictedAccuracy, "candidate.predictedAccuracy");
        StoreGuard.Finite(candidate.PredictedDeviation, "candidate.predictedDeviation");
        StoreGuard.Finite(candidate.LatencyMs, "candidate.latencyMs");
        StoreGuard.Finite(candidate.Accuracy, "candidate.accuracy");
    }

    public static void Check(RoundRow round)
    {
        ArgumentNullException.ThrowIfNull(round);
        if (round.Partition != RoundRow.WholeRun)
        {
            StoreGuard.NotNegative(round.Partition, "round.partition");
        }

        StoreGuard.NotNegative(round.Generation, "round.generation");
        StoreGuard.Finite(round.Hypervolume, "round.hypervolume");
        StoreGuard.Finite(round.CrossValidation?.Spearman, "round.crossValidation.spearman");
        StoreGuard.Finite(round.CrossValidation?.Rmse, "round.crossValidation.rmse");
        Check(round.Usage, "round.usage");
        Check(round.Answers, "round.answers");
        Check(round.RunAnswers?.All, "round.runAnswers.all");
        Check(round.RunAnswers?.Worst, "round.runAnswers.worst");
        StoreGuard.NotNegative(round.RunAnswers?.WorstGeneration, "round.runAnswers.worstGeneration");
        foreach (Expectation cell in round.Expected)
        {
            StoreGuard.NotNegative(cell.Index, "round.expected[].index");
            StoreGuard.Finite(cell.Accuracy, "round.expected[].accuracy");
        }

        foreach (RejectedProposal rejected in round.Rejected)
        {
            StoreGuard.Text(rejected.Text, "round.rejected[].text");
            StoreGuard.Text(rejected.Reason, "round.rejected[].reason");
            StoreGuard.Text(rejected.Detail, "round.rejected[].detail");
        }
    }

    public static void Check(HeuristicsRow heuristics)
    {
        ArgumentNullException.ThrowIfNull(heuristics);
        StoreGuard.NotNegative(heuristics.Partition, "heuristics.partition");
        StoreGuard.NotNegative(heuristics.Generation, "heuristics.generation");
        Check(heuristics.Usage, "heuristics.usage");
        Check(heuristics.Answers, "heuristics.answers");
        foreach (Heuristic rule in heuristics.Rules)
        {
            StoreGuard.Text(rule.Kind, "heuristics.rules[].kind");
            StoreGuard.Text(rule.Text, "heuristics.rules[].text");
            StoreGuard.Text(rule.Evidence, "heuristics.rules[].evidence");
            StoreGuard.Text(rule.Edge, "heuristics.rules[].edge");
            StoreGuard.Text(rule.Operation, "heuristics.rules[].operation");
            StoreGuard.Finite(rule.Confidence, "heuristics.rules[].confidence");
        }
    }

    public static void Check(Front front)
    {
        ArgumentNullException.ThrowIfNull(front);
        StoreGuard.NotNegative(front.Version, "front.version");
        foreach (FrontPoint point in front.Points)
        {
            StoreGuard.NotNegative(point.Index, "front.points[].index");
            StoreGuard.NotNegative(point.Partition, "front.points[].partition");
            StoreGuard.NotNegative(point.Generation, "front.points[].generation");
            StoreGuard.Text(point.Architecture, "front.points[].architecture");
            StoreGuard.Finite(point.Accuracy, "front.points[].accuracy");
            StoreGuard.Finite(point.PredictedAccuracy, "front.points[].predictedAccuracy");
            StoreGuard.Finite(point.LatencyMs, "front.points[].latencyMs");
            StoreGuard.Finite(point.ParamsM, "front.points[].paramsM");
            StoreGuard.Finite(point.FlopsM, "front.points[].flopsM");
        }
    }

    public static void Check(SweepRow sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        StoreGuard.SweepId(sweep.SweepId, "sweep.sweepId");
        StoreGuard.Text(sweep.SkippedBecause, "sweep.skippedBecause");
        foreach (string context in sweep.Request.Contexts)
        {
            StoreGuard.Text(context, "sweep.request.contexts[]");
        }

        foreach (SweepSearch search in sweep.Searches)
        {
            StoreGuard.RunId(search.RunId, "sweep.searches[].runId");
            StoreGuard.Text(search.Dataset, "sweep.searches[].dataset");
            StoreGuard.Text(search.Device, "sweep.searches[].device");
            StoreGuard.Text(search.Failure, "sweep.searches[].failure");
        }

        foreach (SweepContext context in sweep.Contexts)
        {
            StoreGuard.Text(context.Dataset, "sweep.contexts[].dataset");
            StoreGuard.Text(context.Device, "sweep.contexts[].device");
            StoreGuard.Text(context.DeviceTable, "sweep.contexts[].deviceTable");
            StoreGuard.Finite(context.Hypervolume, "sweep.contexts[].hypervolume");
            foreach (int index in context.Front)
            {
                StoreGuard.NotNegative(index, "sweep.contexts[].front[]");
            }

            if (context.Comparison is { } comparison)
            {
                StoreGuard.SweepId(comparison.PreviousSweepId, "sweep.contexts[].comparison.previousSweepId");
                StoreGuard.Finite(comparison.HypervolumeChange, "sweep.contexts[].comparison.hypervolumeChange");
            }
        }
    }

    public static void Check(WatchdogReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (StuckSearch search in report.Stuck.Where(search => !SweepIds.IsValid(search.RunId)))
        {
            StoreGuard.RunId(search.RunId, "report.stuck[].runId");
        }
    }

    public static void Check(DeviceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        StoreGuard.Key(table.Device, "table.device");
        StoreGuard.Key(table.Dataset, "table.dataset");
        if (table.LatencyMs.IsDefaultOrEmpty)
        {
            throw new ArgumentException("table.latencyMs is empty. Give one latency an architecture.", nameof(table));
        }

        foreach (double latency in table.LatencyMs.AsSpan())
        {
            StoreGuard.Finite(latency, "table.latencyMs[]");
        }
    }

    private static void Check(AnswerTally? answers, string name)
    {
        StoreGuard.NotNegative(answers?.Answers, $"{name}.answers");
        foreach (UnusableAnswers unusable in answers?.Unusable ?? [])
        {
            StoreGuard.NotNegative(unusable.Count, $"{name}.unusable[].count");
            StoreGuard.Text(unusable.Sample, $"{name}.unusable[].sample");
        }
    }

    private static void Check(ChatUsage? usage, string name)
    {
        StoreGuard.Within(usage?.Calls ?? 0, StoreGuard.MaxCalls, $"{name}.calls");
        StoreGuard.Within(usage?.InputTokens ?? 0, StoreGuard.MaxTokens, $"{name}.inputTokens");
        StoreGuard.Within(usage?.OutputTokens ?? 0, StoreGuard.MaxTokens, $"{name}.outputTokens");
        StoreGuard.Amount(usage?.Usd, $"{name}.usd");
    }

    private static void CheckPart(ChatUsage? part, ChatUsage? whole, string name)
    {
        StoreGuard.Within(part?.Calls ?? 0, whole?.Calls ?? 0, $"{name}.calls");
        StoreGuard.Within(part?.InputTokens ?? 0, whole?.InputTokens ?? 0, $"{name}.inputTokens");
        StoreGuard.Within(part?.OutputTokens ?? 0, whole?.OutputTokens ?? 0, $"{name}.outputTokens");
    }

    private static void Check(ModelPrice? price, string name)
    {
        StoreGuard.Text(price?.Model, $"{name}.model");
        StoreGuard.Amount(price?.InputUsdPerMillion, $"{name}.inputUsdPerMillion");
        StoreGuard.Amount(price?.OutputUsdPerMillion, $"{name}.outputUsdPerMillion");
    }
}
