namespace PelNas.Shared.Proposer.Answers;

/// <summary>A place in an answer that moves forwards over what is no part of a value. Shared by what reads the parts.</summary>
/// <param name="text">The answer.</param>
/// <param name="isTag">Whether a tag of thinking begins at a place.</param>
internal sealed class LenientCursor(string text, Func<int, bool> isTag)
{
    private bool _noCommentEnds;

    /// <summary>The place.</summary>
    public int Position { get; set; }

    /// <summary>Characters that were looked at, those looked at twice twice.</summary>
    public long Examined { get; private set; }

    /// <summary>The sign here.</summary>
    public char Here => At(Position);

    /// <summary>Whether the text has ended, or a tag of thinking ends what stands before it.</summary>
    public bool IsAtEnd => Position >= text.Length || isTag(Position);

    public char At(int position)
    {
        Examined++;
        return text[position];
    }

    public bool Is(int position, char one, char other) => position < text.Length && At(position) is var c && (c == one || c == other);

    public bool IsFence(int position) => position + 2 < text.Length && Is(position + 1, '`', '`') && Is(position + 2, '`', '`');

    /// <summary>Reads the text in quotes that begins here. Stays at its end.</summary>
    /// <param name="isMember">Whether it is the value of a name.</param>
    public LenientText ReadText(bool isMember)
    {
        LenientText read = LenientText.Read(text, Position, isMember, isTag);
        Examined += read.Examined;
        Position = read.End;
        return read;
    }

    /// <summary>Moves over at least one sign, up to one that ends what began here.</summary>
    /// <returns>What was moved over.</returns>
    public string ReadWhile(Func<char, bool> goesOn)
    {
        int start = Position++;
        while (!IsAtEnd && goesOn(Here))
        {
            Position++;
        }

        return text[start..Position];
    }

    /// <summary>Moves behind a colon, if that is what comes next.</summary>
    public bool TakeColon()
    {
        SkipNoise();
        bool isColon = Is(Position, ':', '\uFF1A');
        Position += isColon ? 1 : 0;
        return isColon;
    }

    /// <summary>What comes next, behind a comma if there is one; nothing at the end of the text. Does not move.</summary>
    public char PeekItem()
    {
        int next = BehindBlanks(Position);
        next = Is(next, ',', '\uFF0C') ? BehindBlanks(next + 1) : next;
        return next < text.Length ? At(next) : '\0';
    }

    /// <summary>Moves over white space, invisible characters, comments and the marks of code fences.</summary>
    public void SkipNoise()
    {
        while (Position < text.Length)
        {
            char c = Here;
            if (LenientText.IsBlank(c))
            {
                Position++;
            }
            else if (c == '#' || (c == '/' && Is(Position + 1, '/', '/')))
            {
                SkipLine();
            }
            else if (c == '/' && Is(Position + 1, '*', '*') && !_noCommentEnds)
            {
                SkipComment();
            }
            else if (c == '`' && IsFence(Position))
            {
                Position += 2;
                ReadWhile(char.IsAsciiLetterOrDigit);
            }
            else
            {
                return;
            }
        }
    }

    private int BehindBlanks(int position)
    {
        while (position < text.Length && LenientText.IsBlank(At(position)))
        {
            position++;
        }

        return position;
    }

    /// <summary>Moves over a comment to the end of its line, but not over an object: an answer may be one line.</summary>
    private void SkipLine()
        => ReadWhile(c => c is not ('\n' or '\r') && !(c == '{' && Is(BehindBlanks(Position + 1), '"', '\'')));

    private void SkipComment()
    {
        int end = text.IndexOf("*/", Position + 2, StringComparison.Ordinal);
        _noCommentEnds = end < 0;
        Examined += (end < 0 ? text.Length : end) - Position;
        Position = end < 0 ? Position + 2 : end + 2;
    }
}
