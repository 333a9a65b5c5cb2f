using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>Where the answers to prompts are kept.</summary>
public interface IAnswerStore
{
    /// <summary>The stored answer to a prompt, or null.</summary>
    /// <param name="promptHash">Lower-case hex SHA-256.</param>
    Task<string?> GetAnswerAsync(string promptHash, CancellationToken cancellationToken);

    /// <summary>Stores the answer to a prompt.</summary>
    Task PutAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken);
}

/// <summary>Answers of the proposer, by the hash of the prompt.</summary>
/// <param name="time">Clock of their age.</param>
public sealed class AnswerRepository(IRowStore rows, TimeProvider time) : IAnswerStore
{
    private const string Table = "LlmCache";

    /// <inheritdoc/>
    public async Task<string?> GetAnswerAsync(string promptHash, CancellationToken cancellationToken)
        => (await rows.GetAsync<Answer>(RowOf(promptHash), cancellationToken))?.Text;

    /// <inheritdoc/>
    public Task PutAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken)
        => rows.PutAsync(RowOf(promptHash), new Answer(UntrustedText.WellFormed(answer), time.GetUtcNow()), cancellationToken);

    /// <summary>Deletes answers that were stored before a time. What is left over is found by the next call.</summary>
    /// <param name="before">Those stored then or later stay.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        int deleted = 0;
        foreach (int number in Enumerable.Range(0, 256))
        {
            RowQuery query = new(Table, number.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            deleted += await rows.DeleteWhereAsync<Answer>(query, answer => answer.At < before, most - deleted, cancellationToken);
        }

        return deleted;
    }

    // One of 256 partitions, so that no one partition of the table takes all the traffic.
    private static RowId RowOf(string promptHash)
    {
        if (promptHash is not { Length: 64 } || !promptHash.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException(
                $"'{UntrustedText.Line(promptHash, 60)}' is not a prompt hash: 64 lower-case hexadecimal digits.", nameof(promptHash));
        }

        return new(Table, promptHash[..2], promptHash);
    }

    private sealed record Answer(string Text, DateTimeOffset At);
}
