namespace PelNas.Shared.Common;

/// <summary>
/// Names of the app's telemetry. Queries, alerts and the workbook in <c>infra/monitor</c> use them, so a name that changes here changes
/// there too; a test compares them.
/// </summary>
public static class TelemetryNames
{
    /// <summary>
    /// Source of the spans and meter of the metrics. Parts of the app have sources of their own under this name and a dot.
    /// </summary>
    public const string Source = "PelNas";

    /// <summary>Attribute: the search.</summary>
    public const string RunId = "pelnas.run_id";

    /// <summary>Attribute: the sweep.</summary>
    public const string SweepId = "pelnas.sweep_id";

    /// <summary>Attribute: the partition.</summary>
    public const string Partition = "pelnas.partition";

    /// <summary>Attribute: the generation.</summary>
    public const string Generation = "pelnas.generation";

    /// <summary>Attribute of steps' spans and of metrics: the step, as its activity function is named.</summary>
    public const string Step = "pelnas.step";

    /// <summary>Attribute: the data set.</summary>
    public const string Dataset = "pelnas.dataset";

    /// <summary>Attribute: the device.</summary>
    public const string Device = "pelnas.device";

    /// <summary>Attribute: why a search ended.</summary>
    public const string StopReason = "pelnas.stop_reason";

    /// <summary>Attribute: labels paid so far in a search.</summary>
    public const string Labels = "pelnas.labels";

    /// <summary>Attribute: hypervolume of the front, normalised, 0 to 1.</summary>
    public const string Hypervolume = "pelnas.hypervolume";

    /// <summary>Attribute and counter: calls to the LLM that were charged.</summary>
    public const string LlmCalls = "pelnas.llm.calls";

    /// <summary>Attribute and counter: what the calls cost, US dollars.</summary>
    public const string LlmCost = "pelnas.llm.cost";

    /// <summary>Counter: tokens of the calls.</summary>
    public const string LlmTokens = "pelnas.llm.tokens";

    /// <summary>Attribute: whether tokens are of the prompt or the answer, as the OpenTelemetry conventions name it and the two.</summary>
    public const string TokenType = "gen_ai.token.type";

    /// <summary>Attribute: whether a call is charged at its most, since its tokens and what it did cost are not known.</summary>
    public const string LlmUnconfirmed = "pelnas.llm.unconfirmed";

    /// <summary>Attribute: where the answer to a prompt came from (<see cref="AnswerSources"/>).</summary>
    public const string AnswerSource = "pelnas.llm.answer_source";

    /// <summary>Counter: functions whose zero-cost scores were computed.</summary>
    public const string ProxyScores = "pelnas.proxy.scores";

    /// <summary>Attribute: version of the settings that zero-cost scores depend on.</summary>
    public const string ProxyVersion = "pelnas.proxy.version";

    /// <summary>Attribute: searches of a sweep.</summary>
    public const string SweepSearches = "pelnas.sweep.searches";

    /// <summary>Attribute: failed searches of a sweep.</summary>
    public const string SweepFailed = "pelnas.sweep.failed";

    /// <summary>Gauge: hypervolume that a sweep reached in a context, normalised, 0 to 1.</summary>
    public const string SweepHypervolume = "pelnas.sweep.hypervolume";

    /// <summary>Histogram: duration of a step, seconds.</summary>
    public const string StepDuration = "pelnas.step.duration";

    /// <summary>Histogram: duration of a search that ended, seconds.</summary>
    public const string SearchDuration = "pelnas.search.duration";

    /// <summary>Gauge: searches that run.</summary>
    public const string SearchesRunning = "pelnas.searches.running";

    /// <summary>Gauge: searches that run and have made no progress for too long.</summary>
    public const string SearchesStuck = "pelnas.searches.stuck";

    /// <summary>Attribute: type of the exception that ended a step.</summary>
    public const string ErrorType = "error.type";
}
