using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads JSON with the mistakes that models make in it: Python's quotes and words, bare quotes and line breaks inside a text, trailing and
/// missing commas, comments, fences, brackets that do not match, an end that never came. Every scalar is read as a text, what says that
/// there is nothing as nothing. docs/decisions/0510 says why it is not a library.
/// </summary>
/// <param name="text">The answer. Untrusted, of any length.</param>
internal sealed partial class LenientJsonReader(string text)
{
    // Deeper than any answer; a bracket that goes deeper is passed over.
    private const int MaxDepth = 32;

    // What is looked at behind a quote. A model that writes more white space there is none to read.
    private const int LookAhead = 200;

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n,{}[]");
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n,{}[]:");

    private int _at;

    /// <summary>Whether the text broke off within a value.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the object or list that begins at a place, and moves the place behind it.</summary>
    public JsonNode Read(ref int position)
    {
        _at = position;
        JsonNode root = text[_at] == '{' ? ReadObject(depth: 1) : ReadList(depth: 1);
        position = _at;
        return root;
    }

    /// <summary>Passes over what is no value, and says whether one of some signs comes next.</summary>
    private bool IsAt(string signs)
    {
        _at += Noise().Match(text, _at).Length;
        return _at < text.Length && signs.Contains(text[_at], StringComparison.Ordinal);
    }

    private bool IsAtEnd(string signs) => IsAt(signs) || _at >= text.Length;

    /// <summary>Reads a list. Of what stands without quotes only numbers are items: words are what a model says beside its list.</summary>
    private JsonArray ReadList(int depth)
    {
        JsonArray list = [];
        _at++;
        while (!IsAtEnd("]}"))
        {
            bool isWord = !IsAt("{[\"'-0123456789");
            if (IsAt(",:"))
            {
                _at++;
            }
            else if (ReadValue(depth) is { } item && !isWord)
            {
                list.Add(item);
            }
        }

        Close(']');
        return list;
    }

    /// <summary>Reads an object. A bracket where a name is due begins what comes after it, since its own was forgotten.</summary>
    private JsonObject ReadObject(int depth)
    {
        JsonObject members = [];
        _at++;
        while (!IsAtEnd("]}{["))
        {
            if (IsAt(",:"))
            {
                _at++;
                continue;
            }

            string? name = ReadScalar(isName: true);
            if (name is not null && IsAt(":"))
            {
                _at++;
                members.TryAdd(name, ReadValue(depth));
            }
        }

        if (!Close('}'))
        {
            // Without the rest of its members it might say something else.
            foreach (string name in members.Where(member => member.Value is not (JsonObject or JsonArray)).Select(member => member.Key)
                .ToArray())
            {
                members.Remove(name);
            }
        }

        return members;
    }

    /// <summary>Passes the bracket that ends a value. Another one ends it too, and is left to what stands around it.</summary>
    /// <returns>Whether there was an end.</returns>
    private bool Close(char bracket)
    {
        IsCut |= _at >= text.Length;
        _at += IsAt($"{bracket}") ? 1 : 0;
        return !IsCut;
    }

    private JsonNode? ReadValue(int depth)
    {
        if (IsAtEnd(",]}"))
        {
            return null;
        }

        if (IsAt("{["))
        {
            if (depth < MaxDepth)
            {
                return text[_at] == '{' ? ReadObject(depth + 1) : ReadList(depth + 1);
            }

            _at++;
            return null;
        }

        return ReadScalar(isName: false) is { } scalar ? JsonValue.Create(scalar) : null;
    }

    private string? ReadScalar(bool isName) => text[_at] is '"' or '\'' ? ReadText(isName) : ReadWord(isName);

    /// <summary>
    /// Reads a text in quotes. A quote ends it where what follows fits behind a text; others are part of it. Nothing where it breaks off.
    /// </summary>
    private string? ReadText(bool isName)
    {
        char quote = text[_at++];
        StringBuilder value = new();
        while (_at < text.Length)
        {
            char c = text[_at++];
            if (c == quote && Fits(isName))
            {
                return UntrustedText.WellFormed(value.ToString());
            }

            value.Append(c == '\\' && _at < text.Length ? Unescape() : c);
        }

        return null;
    }

    private bool Fits(bool isName)
    {
        ReadOnlySpan<char> rest = text.AsSpan(_at, Math.Min(LookAhead, text.Length - _at));
        return isName ? BehindName().IsMatch(rest) : BehindText().IsMatch(rest);
    }

    /// <summary>What a backslash stands before. One that escapes nothing known is left out: Markdown has <c>nor\_conv</c>.</summary>
    private char Unescape()
    {
        char c = text[_at++];
        if (c == 'u' && _at + 4 <= text.Length
            && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            _at += 4;
            return (char)unit;
        }

        return c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => c };
    }

    /// <summary>Reads what stands without quotes. Mere signs (<c>...</c>) are nothing.</summary>
    private string? ReadWord(bool isName)
    {
        int length = text.AsSpan(_at).IndexOfAny(isName ? NameEnds : WordEnds);
        string word = text.Substring(_at, length < 0 ? text.Length - _at : Math.Max(length, 1));
        _at += word.Length;
        return word is "null" or "None" or "undefined" or "NaN" || !word.Any(char.IsLetterOrDigit)
            ? null
            : word.Trim('"', '\'', '`');
    }

    [GeneratedRegex(@"\G(?>[\s\p{Cc}\p{Cf}]+|//[^\n]*|/\*[\s\S]*?(?:\*/|\z)|```\w*)*")]
    private static partial Regex Noise();

    [GeneratedRegex(@"\A[\s\p{Cf}]*:")]
    private static partial Regex BehindName();

    // A comma may stand behind a quote in a sentence too, and then a word follows that is no name.
    [GeneratedRegex(@"\A(?:[ \t]*[\r\n]|[\s\p{Cf}]*(?:\z|[}\]]|//|/\*|```|,(?>[\s\p{Cf}]*)(?:\z|\P{L}|\w+\s*:)))")]
    private static partial Regex BehindText();
}
