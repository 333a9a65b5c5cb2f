using System.Net;
using System.Text;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>A text in quotes, of whichever kind, as <see cref="LenientJsonReader"/> reads it.</summary>
/// <param name="Value">What it says: escapes and HTML entities resolved, halves of surrogate pairs replaced.</param>
/// <param name="End">The place behind it.</param>
/// <param name="IsWhole">Whether its closing quote was there.</param>
/// <param name="Examined">Characters that were looked at.</param>
internal readonly record struct LenientText(string Value, int End, bool IsWhole, long Examined)
{
    private const string Double = "\"\u201C\u201D\u201E\u201F\u2033\uFF02";
    private const string Single = "'\u2018\u2019\u201A\u201B\u2032`";

    /// <summary>Whether a text may begin with this.</summary>
    public static bool IsQuote(char c) => Double.Contains(c, StringComparison.Ordinal) || Single.Contains(c, StringComparison.Ordinal);

    /// <summary>Whether a sign is white space or invisible.</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>
    /// Reads the text whose opening quote stands at a place. A quote closes it where what follows fits behind a text; others are part of
    /// it. One that never closes ends where its quote was forgotten, before a comma and the next name, or breaks off where the next thing
    /// of the answer begins: at an empty line, a bracket in a new line, or an object in JSON; if it holds a tag of thinking, there.
    /// </summary>
    /// <param name="text">The answer.</param>
    /// <param name="start">Where the opening quote stands.</param>
    /// <param name="isMember">Whether it is the value of a name, behind which no colon can stand.</param>
    /// <param name="isTag">Whether a tag of thinking begins at a place.</param>
    public static LenientText Read(string text, int start, bool isMember, Func<int, bool> isTag)
    {
        Scan scan = new(text, start, isMember, isTag);
        scan.Run();
        string value = scan.Value.ToString();
        value = value.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(value) : value;
        return new LenientText(UntrustedText.WellFormed(value), scan.At, scan.IsWhole, scan.Examined);
    }

    private sealed class Scan(string text, int start, bool isMember, Func<int, bool> isTag)
    {
        private int _tag = -1;

        // Where the last quote stands that may begin the next name, without the comma before it, and how long the text was there.
        private (int At, int Length)? _nextName;

        public StringBuilder Value { get; } = new();

        public int At { get; private set; } = start + 1;

        public bool IsWhole { get; private set; }

        public long Examined { get; private set; }

        public void Run()
        {
            for (; At < text.Length; At++)
            {
                char c = Look(At);
                if (c == '\\' && At + 1 < text.Length)
                {
                    Escape();
                    continue;
                }

                if (Closes(text[start], c))
                {
                    IsWhole = Ends();
                    if (IsWhole)
                    {
                        return;
                    }
                }
                else if (BreaksOff(c))
                {
                    break;
                }

                _tag = _tag < 0 && c is '<' or '[' or '\u25C1' && isTag(At) ? At : _tag;
                Value.Append(c);
            }

            At = _tag >= 0 ? _tag : At;
        }

        private char Look(int position)
        {
            Examined++;
            return text[position];
        }

        private static bool Closes(char open, char c) => open switch
        {
            '"' or '\'' or '`' => c == open,
            _ when Double.Contains(open, StringComparison.Ordinal) => Double.Contains(c, StringComparison.Ordinal),
            _ => Single.Contains(c, StringComparison.Ordinal),
        };

        /// <summary>Whether the text ends at this quote or has ended before; then moves behind its end.</summary>
        private bool Ends()
        {
            int next = Skip(At + 1, acrossLines: false);
            if (IsColon(next) && (_nextName is not null || isMember))
            {
                (At, Value.Length) = _nextName ?? (At, Value.Length);
                return _nextName is not null;
            }

            if (next >= text.Length || Fits(next, isApart: next > At + 1))
            {
                At++;
                return true;
            }

            NoteName();
            return false;
        }

        /// <summary>Whether what stands at a place fits behind a text.</summary>
        private bool Fits(int next, bool isApart) => Look(next) switch
        {
            ',' or '\uFF0C' => !isMember || FitsName(next + 1),
            ':' or '}' or ']' or ')' or '\uFF1A' or '\n' or '\r' => true,
            '/' => next + 1 < text.Length && text[next + 1] is '/' or '*',
            '`' when IsFence(next) => true,
            '#' or '{' or '[' => isApart,
            var c => isApart && IsQuote(c) && (!isMember || IsName(next)),
        };

        /// <summary>Whether what stands behind a comma may be the next name, and is not how a sentence goes on.</summary>
        private bool FitsName(int position)
        {
            int end = Skip(position, acrossLines: true);
            if (end >= text.Length || !char.IsLetter(Look(end)))
            {
                return true;
            }

            end = Skip(BehindWord(end), acrossLines: false);
            return end >= text.Length || IsColon(end) || text[end] == text[start];
        }

        /// <summary>Whether a name in quotes begins at a place.</summary>
        private bool IsName(int position)
        {
            int end = BehindWord(position + 1);
            return end < text.Length && IsQuote(text[end]) && IsColon(Skip(end + 1, acrossLines: false));
        }

        private bool IsColon(int position) => position < text.Length && text[position] is ':' or '\uFF1A';

        private int BehindWord(int position)
        {
            while (position < text.Length && Look(position) is var c && (char.IsLetterOrDigit(c) || c == '_'))
            {
                position++;
            }

            return position;
        }

        private bool IsFence(int position) => string.CompareOrdinal(text, position, "```", 0, 3) == 0;

        private void NoteName()
        {
            int end = At;
            bool isComma = false;
            for (; end > start + 1 && Look(end - 1) is var c && (c is ',' or ']' or '}' || char.IsWhiteSpace(c)); end--)
            {
                isComma |= c == ',';
            }

            _nextName = isComma ? (end, Math.Max(0, Value.Length - (At - end))) : _nextName;
        }

        private bool BreaksOff(char c)
        {
            if (c == '{')
            {
                // In proper JSON a text in double quotes has no bare one in it, so that no good text breaks off here.
                int inside = Skip(At + 1, acrossLines: true);
                return inside < text.Length && (text[inside] == '"' || (text[start] == '\'' && text[inside] == '\''));
            }

            if (c != '\n')
            {
                return false;
            }

            int next = Skip(At + 1, acrossLines: false);
            return next >= text.Length || text[next] is '\n' or '\r' or '{' or '[' || IsFence(next);
        }

        private int Skip(int position, bool acrossLines)
        {
            while (position < text.Length && Look(position) is var c && IsBlank(c) && (acrossLines || c is not ('\n' or '\r')))
            {
                position++;
            }

            return position;
        }

        /// <summary>
        /// Takes what a backslash stands before. One that escapes nothing known is left out: Markdown has <c>nor\_conv</c>.
        /// </summary>
        private void Escape()
        {
            At++;
            char c = text[At];
            if (c == 'u' && At + 4 < text.Length
                && ushort.TryParse(text.AsSpan(At + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                Value.Append((char)unit);
                At += 4;
                return;
            }

            Value.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => c });
        }
    }
}
