using System.Text.Json;
using Microsoft.DurableTask;

namespace PelNas.Functions.Orchestrations;

/// <summary>A failure in so few words that many of them fit into one message.</summary>
internal static class ShortFailure
{
    /// <summary>Most characters of the text as JSON, where one character may take six.</summary>
    public const int MaxJsonLength = 160;

    /// <summary>The cause of a failure, cut short.</summary>
    public static string Of(TaskFailureDetails failure)
    {
        TaskFailureDetails cause = failure.Cause();
        string type = cause.ErrorType[(cause.ErrorType.LastIndexOf('.') + 1)..];
        string text = UntrustedText.Cut($"{type}: {cause.ErrorMessage}", MaxJsonLength);
        while (JsonEncodedText.Encode(text).Value.Length > MaxJsonLength)
        {
            text = UntrustedText.Cut(text, text.Length - 1);
        }

        return text;
    }
}
