using System.Text.RegularExpressions;

namespace PelNas.LoopbackModels;

/// <summary>
/// The server's own way to count tokens: runs of letters or digits in pieces of at most four, and each other character but spaces.
/// It is nobody's tokenizer, so that a client that guesses counts instead of reading them is found out.
/// </summary>
public static partial class TokenCount
{
    private const int PerMessage = 4;

    public static int Of(string text) => Piece().Count(text);

    /// <summary>Tokens of a prompt.</summary>
    public static int Of(ReceivedRequest request)
        => request.Messages.Sum(message => Of(message) + PerMessage) + (request.HasSchema ? Schema(request) : 0);

    private static int Schema(ReceivedRequest request)
        => Of(request.Body.TryGetProperty("response_format", out var format)
            ? format.GetRawText()
            : request.Body.GetProperty("format").GetRawText());

    [GeneratedRegex(@"[\p{L}\p{N}]{1,4}|[^\s\p{L}\p{N}]")]
    private static partial Regex Piece();
}
