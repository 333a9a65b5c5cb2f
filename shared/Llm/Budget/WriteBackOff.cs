using System.Security.Cryptography;

namespace PelNas.Shared.Llm.Budget;

/// <summary>Pauses between attempts at a row that several processes write: growing, and of random length so that they do not meet again.</summary>
internal sealed class WriteBackOff(TimeProvider time)
{
    private const int FirstMs = 10;
    private const int LongestMs = 1000;

    /// <summary>Waits after an attempt, the first of which is 0.</summary>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        int most = (int)Math.Min(FirstMs * Math.Pow(2, attempt), LongestMs);
#pragma warning disable RS0030 // Processes that started alike must not wait alike, and no result depends on it.
        return Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most + 1)), time, cancellationToken);
#pragma warning restore RS0030
    }
}
