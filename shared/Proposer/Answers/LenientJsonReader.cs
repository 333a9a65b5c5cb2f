using System.Net;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// Reads what was meant as JSON, whatever is amiss with it: quotes of any kind or none, quotes and line breaks inside a text, trailing and
/// missing commas, comments, Python's words, code fences, brackets that were forgotten or never closed. One pass that never goes back, so
/// that its time grows with the length of the text and no more. docs/decisions/0510 says why it is not a library.
/// </summary>
/// <param name="text">The answer. Untrusted, of any length.</param>
/// <param name="isTag">Whether a tag of thinking begins at a place: a value ends there.</param>
internal sealed class LenientJsonReader(string text, Func<int, bool> isTag)
{
    // Deeper than any answer; what goes deeper is read as if it did not.
    private const int MaxDepth = 64;

    private static readonly char[] Around = ['\\', '"', '\'', '\u201C', '\u201D', '`', ' '];

    private readonly LenientCursor _at = new(text, isTag);
    private readonly List<LenientNest> _open = [];

    /// <summary>Characters that were looked at.</summary>
    public long Examined => _at.Examined;

    /// <summary>
    /// Reads the object or list that begins at a place, and moves the place behind it. What the text breaks off within is not whole.
    /// </summary>
    public LenientValue Read(ref int position)
    {
        _open.Clear();
        _at.Position = position;
        LenientValue root = Enter(null);
        while (_open.Count > 0)
        {
            _at.SkipNoise();
            if (_at.IsAtEnd)
            {
                break;
            }

            Step(_at.Here, _open[^1]);
        }

        foreach (LenientNest nest in _open)
        {
            nest.Value.IsWhole = false;
        }

        position = _at.Position;
        return root;
    }

    private void Step(char c, LenientNest top)
    {
        switch (c)
        {
            case '(' when !top.ExpectsValue:
                ReadWord(top);
                break;
            case '{' when top.IsNameless && TryResumeList(top):
                break;
            case '{' or '[' or '(' when _open.Count < MaxDepth:
                Enter(top);
                break;
            case '}' or ']' or ')':
                Leave(c);
                break;
            case ',' or '\uFF0C':
                top.ExpectNext();
                _at.Position++;
                break;
            case ':' or ';' or '\uFF1A' or '\\' or '{' or '[' or '(':
                _at.Position++;
                break;
            case var _ when LenientText.IsQuote(c):
                ReadText(top);
                break;
            default:
                ReadWord(top);
                break;
        }
    }

    private LenientValue Enter(LenientNest? parent)
    {
        char opener = _at.Here;
        _at.Position++;
        LenientValue value = new(opener == '{' ? LenientKind.Object : LenientKind.List);
        parent?.Take(value);
        _open.Add(new LenientNest(value, opener));
        return value;
    }

    /// <summary>
    /// Goes back into the list that an object belongs to which begins where a name is due: the brace that ends the object before it was
    /// forgotten, or a bracket too many has ended the list.
    /// </summary>
    /// <returns>Whether there is such a list.</returns>
    private bool TryResumeList(LenientNest top)
    {
        if (top.Value.Members is [.., { Value: { Kind: LenientKind.List } list }]
            && new LenientNest(list, '[') is { HoldsObjects: true } again)
        {
            _open.Add(again);
            return true;
        }

        bool isItem = top.Value.Members.Count > 0 && _open.Count > 1 && _open[^2].Value.Kind == LenientKind.List;
        _open.RemoveRange(_open.Count - 1, isItem ? 1 : 0);
        return isItem;
    }

    /// <summary>
    /// Ends the innermost value that the bracket ends, and those within it, whose own brackets were forgotten. One that ends nothing is
    /// overlooked, and so is one after which the value at hand goes on: another item of a list of objects, another member of an object.
    /// </summary>
    private void Leave(char closer)
    {
        _at.Position++;
        char opener = closer switch { '}' => '{', ']' => '[', _ => '(' };
        LenientNest top = _open[^1];
        if (top.Opener != opener)
        {
            char next = _at.PeekItem();
            bool isQuote = LenientText.IsQuote(next);
            bool goesOn = opener == '{'
                ? top.HoldsObjects && (next == '{' || isQuote)
                : isQuote && top.Value is { Kind: LenientKind.Object, Members.Count: > 0 };
            if (goesOn)
            {
                return;
            }

            if (top.Value.Kind == LenientKind.Object && next == '{')
            {
                // The wrong bracket at the end of an item.
                _open.RemoveAt(_open.Count - 1);
                return;
            }
        }

        int nest = _open.FindLastIndex(open => open.Opener == opener);
        if (nest >= 0)
        {
            _open.RemoveRange(nest, _open.Count - nest);
        }
    }

    private void ReadText(LenientNest top)
    {
        LenientText read = _at.ReadText(isMember: top.Name is not null);
        if (!read.IsWhole && _at.IsAtEnd)
        {
            return;
        }

        if ((top.IsNameless || top.Value.Kind == LenientKind.List) && _open.Count < MaxDepth && _at.TakeColon())
        {
            ObjectOfName(top).Name = read.Value;
        }
        else
        {
            top.Take(new LenientValue(LenientKind.Text, read.Value));
        }
    }

    /// <summary>
    /// The object that a name belongs to. In a list of texts the list's end was forgotten, in another one the brace that begins an object.
    /// </summary>
    private LenientNest ObjectOfName(LenientNest top)
    {
        if (top.IsNameless)
        {
            return top;
        }

        if (top is { HoldsObjects: false, Value.Members.Count: > 0 } && _open.Count > 1 && _open[^2].IsNameless)
        {
            _open.RemoveAt(_open.Count - 1);
            return _open[^1];
        }

        LenientValue item = new(LenientKind.Object);
        top.Take(item);
        _open.Add(new LenientNest(item, '{'));
        return _open[^1];
    }

    /// <summary>
    /// Reads what stands without quotes. Words between values, labels before a bracket and mere signs (<c>...</c>) are no values.
    /// </summary>
    private void ReadWord(LenientNest top)
    {
        bool mayBeName = top.IsNameless;
        string word = _at.ReadWhile(c => !EndsWord(c, mayBeName, top.Opener));
        word = (word.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(word) : word).Trim().Trim(Around);
        if (mayBeName)
        {
            top.Name = _at.TakeColon() ? word : null;
        }
        else if (top.ExpectsValue && word.Any(char.IsLetterOrDigit) && !_at.Is(_at.Position, '{', '['))
        {
            top.Take(new LenientValue(LenientKind.Word, word));
        }
    }

    private bool EndsWord(char c, bool mayBeName, char opener) => c switch
    {
        ',' or '\uFF0C' or '{' or '}' or '[' or ']' or '\n' or '\r' => true,
        ':' or '\uFF1A' => mayBeName,
        ')' => opener == '(',
        '/' => char.IsWhiteSpace(_at.At(_at.Position - 1)) && _at.Is(_at.Position + 1, '/', '*'),
        '#' => char.IsWhiteSpace(_at.At(_at.Position - 1)),
        '`' => _at.IsFence(_at.Position),
        _ => false,
    };
}
