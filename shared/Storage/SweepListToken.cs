using System.Buffers.Text;
using System.Text;
using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Storage;

/// <summary>The continuation token of a list of sweeps, made as <see cref="RunListToken"/> is.</summary>
internal static class SweepListToken
{
    public static string Encode(string lastSweepId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastSweepId));

    /// <exception cref="ArgumentException">The continuation is not one that <see cref="Encode"/> made.</exception>
    public static string Decode(string continuation)
    {
        if (Base64Url.IsValid(continuation) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) is var sweepId && SweepIds.IsValid(sweepId))
        {
            return sweepId;
        }

        throw new ArgumentException(
            $"'{UntrustedText.Cut(continuation, 60)}' is not a continuation token of this list. Pass the token of the last page unchanged, or none for the first page.", nameof(continuation));
    }
}
