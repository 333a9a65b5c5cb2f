namespace PelNas.Shared.Llm.Faults;

/// <summary>
/// Whether the call under way has been answered with success. What an SDK throws from then on is about the answer's body; the same
/// exception before it would be a mistake of this program, which must not pass for a bad answer.
/// </summary>
internal sealed class AnswerStage
{
    private static readonly AsyncLocal<AnswerStage?> Current = new();

    private volatile bool _isAnswered;

    /// <summary>Whether a status of success has come.</summary>
    public bool IsAnswered => _isAnswered;

    /// <summary>Begins a call: what it awaits from here on reports to this stage.</summary>
    public static AnswerStage Begin() => Current.Value = new AnswerStage();

    /// <summary>A status of success has come.</summary>
    public static void Reached()
    {
        if (Current.Value is { } stage)
        {
            stage._isAnswered = true;
        }
    }
}
