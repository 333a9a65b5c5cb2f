using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// An answer taken apart: the values in JSON, or nearly so, that it holds, and what it says in words. Nothing that a model thought
/// (<c>&lt;think&gt;</c> and the like) is in either: what stands before a closing tag with no opening one, and behind an opening tag with
/// no closing one, is thought too. A tag inside a text in quotes is part of the text.
/// </summary>
internal sealed partial class AnswerText
{
    // Of a bracket, white space and an escaped quote.
    private const int LongestEscaped = 100;

    private readonly List<LenientValue> _values = [];
    private readonly StringBuilder _visible = new();
    private readonly StringBuilder _words = new();
    private string _text = "";
    private Dictionary<int, Tag> _tags = [];
    private bool _isUnescaped;

    /// <summary>Objects and lists that stand in no other, in order.</summary>
    public IReadOnlyList<LenientValue> Values => _values;

    /// <summary>All but thoughts.</summary>
    public string Visible => _visible.ToString();

    /// <summary>What stands beside its values.</summary>
    public string Words => FencePattern().Replace(_words.ToString(), " ");

    /// <summary>Characters that were looked at in reading the values.</summary>
    public long Examined { get; private set; }

    /// <summary>Takes an answer apart.</summary>
    /// <param name="text">What the model wrote. Untrusted, of any length.</param>
    public static AnswerText Read(string text)
    {
        AnswerText answer = new();
        text = UntrustedText.WellFormed(text);
        answer.Scan(EncodedPattern().IsMatch(text) ? UntrustedText.WellFormed(WebUtility.HtmlDecode(text)) : text, 0);
        return answer;
    }

    private void Scan(string text, int at)
    {
        _text = text;
        _tags = TagPattern().Matches(text)
            .ToDictionary(tag => tag.Index, tag => new Tag(tag.Index + tag.Length, tag.Groups["close"].Length > 0));
        Queue<Tag> closing = new(_tags.Values.Where(tag => tag.IsClosing).OrderBy(tag => tag.End));
        LenientJsonReader reader = new(text, _tags.ContainsKey);
        while (at < text.Length)
        {
            int next = text.AsSpan(at).IndexOfAny("{[<\u25C1") is >= 0 and var found ? at + found : text.Length;
            Keep(at, next, isWords: true);
            at = next;
            if (_tags.TryGetValue(at, out Tag tag))
            {
                at = Pass(tag, closing);
            }
            else if (at == text.Length || text[at] is not ('{' or '['))
            {
                Keep(at, Math.Min(at + 1, text.Length), isWords: true);
                at++;
            }
            else if (!_isUnescaped && EscapedPattern().IsMatch(text.AsSpan(at, Math.Min(text.Length - at, LongestEscaped))))
            {
                // JSON as a string of JSON, in which what follows is read as it was before.
                _isUnescaped = true;
                Examined += reader.Examined;
                Scan(text[..at] + EscapePattern().Replace(text[at..], Unescaped), at);
                return;
            }
            else
            {
                _values.Add(reader.Read(ref at));
                Keep(next, at, isWords: false);
            }
        }

        Examined += reader.Examined;
    }

    private void Keep(int start, int end, bool isWords)
    {
        _visible.Append(_text, start, end - start);
        if (isWords)
        {
            _words.Append(_text, start, end - start);
        }
    }

    /// <summary>Passes over thoughts. Returns the place behind them.</summary>
    private int Pass(Tag tag, Queue<Tag> closing)
    {
        if (tag.IsClosing)
        {
            _values.Clear();
            _visible.Clear();
            _words.Clear();
            return tag.End;
        }

        while (closing.TryDequeue(out Tag end))
        {
            if (end.End > tag.End)
            {
                return end.End;
            }
        }

        return _text.Length;
    }

    private static string Unescaped(Match escape) => escape.Value[1] switch { 'n' => "\n", 'r' => "\r", 't' => "\t", var c => $"{c}" };

    [GeneratedRegex(
        @"<(?<close>/?)(?:think|thinking|thoughts?|reasoning|reflection|scratchpad)>|\[(?<close>/?)think\]|\u25C1(?<close>/?)think\u25B7",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();

    [GeneratedRegex("```[A-Za-z0-9]*")]
    private static partial Regex FencePattern();

    // A quote as an entity where JSON has one.
    [GeneratedRegex(@"[{\[,:]\s*&(?:quot|apos|#0*3[49]|#x0*2[27]);", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EncodedPattern();

    // A bracket with an escaped quote behind it.
    [GeneratedRegex(@"\A[{\[](?:\s|\\[nrt])*\\""")]
    private static partial Regex EscapedPattern();

    [GeneratedRegex(@"\\[""\\/nrt]")]
    private static partial Regex EscapePattern();

    /// <summary>A tag of thinking.</summary>
    private readonly record struct Tag(int End, bool IsClosing);
}
