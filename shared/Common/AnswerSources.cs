namespace PelNas.Shared.Common;

/// <summary>Where the answer to a prompt came from, as <see cref="TelemetryNames.AnswerSource"/> on the <c>chat</c> spans has it.</summary>
public static class AnswerSources
{
    /// <summary>The configured LLM, which was asked.</summary>
    public const string Provider = "provider";

    /// <summary>The store: the same prompt was answered before.</summary>
    public const string Cache = "cache";

    /// <summary>A recording.</summary>
    public const string Replay = "replay";

    /// <summary>The rule-based stand-in.</summary>
    public const string Offline = "offline";
}
