using System.Buffers.Text;
using System.Text;

namespace PelNas.Shared.Storage;

/// <summary>
/// The continuation token of a list of runs: the id of the last run shown, so that the next page starts after it whatever came
/// or went in between. Encoded only so that nobody builds on what is in it.
/// </summary>
internal static class RunListToken
{
    public static string Encode(string lastRunId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastRunId));

    /// <exception cref="ArgumentException">The continuation is not one that <see cref="Encode"/> made.</exception>
    public static string Decode(string continuation)
    {
        if (Base64Url.IsValid(continuation) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) is var runId && StoreGuard.IsRunId(runId))
        {
            return runId;
        }

        throw new ArgumentException(
            $"'{UntrustedText.Cut(continuation, 60)}' is not a continuation token of this list. Pass the token of the last page unchanged, or none for the first page.", nameof(continuation));
    }
}
