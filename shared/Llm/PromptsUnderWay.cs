using PelNas.Shared.Llm.Faults;


namespace PelNas.Shared.Llm;

/// <summary>
/// The prompts that this process is asking at present. A step that is delivered a second time while it still runs waits for the answer of the
/// first in place of paying for another one, which would differ.
/// </summary>
internal sealed class PromptsUnderWay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<ProposerUnavailableException?>> _asked = [];

    /// <summary>
    /// Takes a prompt, or tells whom to wait for. Who has taken one gives it back (<see cref="End"/>) whatever comes of it.
    /// </summary>
    /// <returns>
    /// Null when the prompt is the caller's; else the end of another's asking: why nobody would be answered now, or null when the prompt may be
    /// asked for again.
    /// </returns>
    public Task<ProposerUnavailableException?>? Begin(string promptHash)
    {
        lock (_gate)
        {
            return _asked.TryAdd(promptHash, new(TaskCreationOptions.RunContinuationsAsynchronously)) ? null : _asked[promptHash].Task;
        }
    }

    /// <summary>Gives a prompt back.</summary>
    /// <param name="promptHash">The prompt.</param>
    /// <param name="fault">What the others who wait for it fail with too; null when one of them may ask.</param>
    public void End(string promptHash, ProposerUnavailableException? fault = null)
    {
        lock (_gate)
        {
            _asked.Remove(promptHash, out TaskCompletionSource<ProposerUnavailableException?>? asked);
            asked!.SetResult(fault);
        }
    }
}
