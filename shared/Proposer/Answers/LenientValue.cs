using System.Text;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>What a <see cref="LenientValue"/> is.</summary>
internal enum LenientKind
{
    /// <summary>Members with names. One whose name was lost has none.</summary>
    Object,

    /// <summary>Items in order.</summary>
    List,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>What stood without quotes: a number, <c>null</c>, <c>True</c>, or a text whose quotes were forgotten.</summary>
    Word,
}

/// <summary>A value that a model wrote as JSON, or nearly so. Untrusted.</summary>
internal sealed class LenientValue(LenientKind kind, string text = "")
{
    /// <summary>The confidence of a model that states none: neither trusted nor dropped.</summary>
    public const double NoConfidence = 0.5;

    // Longer than any text that is kept of an answer.
    private const int MaxTextLength = 4000;

    private readonly List<LenientMember> _members = [];

    /// <summary>What it is.</summary>
    public LenientKind Kind => kind;

    /// <summary>The text or word; empty for objects and lists.</summary>
    public string Text => text;

    /// <summary>Members of an object, items of a list.</summary>
    public IReadOnlyList<LenientMember> Members => _members;

    /// <summary>Whether its end was there. What was cut off is not whole, nor is anything around it.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Whether it has no members.</summary>
    public bool IsScalar => kind is LenientKind.Text or LenientKind.Word;

    /// <summary>Whether it is a text that may be JSON itself, as the arguments of a tool are.</summary>
    public bool HoldsJson => IsScalar && text.AsSpan().TrimStart() is ['{' or '[' or '`', ..];

    /// <summary>A number, also one in quotes; null for anything else. May be NaN or infinite.</summary>
    public double? Number
        => IsScalar && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>How sure the model says that it is, 0 to 1.</summary>
    public double Confidence
        => Field("confidence")?.Number is { } stated && double.IsFinite(stated) ? Math.Clamp(stated, 0, 1) : NoConfidence;

    public void Add(string? name, LenientValue value) => _members.Add(new LenientMember(name, value));

    /// <summary>The first member of a name, whatever its case and separators, or null.</summary>
    public LenientValue? Field(string name)
    {
        foreach (LenientMember member in _members)
        {
            if (member.IsNamed(name))
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>
    /// The text of a member, also one written as a list of texts; null where there is none or it says that there is nothing.
    /// </summary>
    public string? TextOf(string name)
        => Field(name) is { } value && !value.IsNothing() ? value.Flatten(MaxTextLength) : null;

    /// <summary>
    /// The value as one text, cut: items after semicolons, members as <c>name: value</c>, a pair of text and number in parentheses.
    /// </summary>
    public string Flatten(int maxLength)
    {
        StringBuilder flat = new();
        Flatten(flat, maxLength);
        return UntrustedText.Cut(flat.ToString(), maxLength);
    }

    // "none" is an operation.
    private bool IsNothing()
        => kind == LenientKind.Word && text is "null" or "NULL" or "Null" or "None" or "undefined" or "NaN" or "nil";

    private void Flatten(StringBuilder flat, int maxLength)
    {
        if (IsScalar)
        {
            flat.Append(UntrustedText.Cut(text, maxLength));
            return;
        }

        // An element of the benchmark's own genotype.
        bool isPair = _members is [{ Value.Kind: LenientKind.Text }, { Value.Number: not null }];
        string separator = isPair || kind == LenientKind.Object ? ", " : "; ";
        flat.Append(isPair ? "(" : "");
        for (int i = 0; i < _members.Count && flat.Length <= maxLength; i++)
        {
            flat.Append(i > 0 ? separator : "").Append(_members[i].Name is { } name ? $"{UntrustedText.Cut(name, maxLength)}: " : "");
            _members[i].Value.Flatten(flat, maxLength);
        }

        flat.Append(isPair ? ")" : "");
    }
}

/// <summary>A member of an object, or an item of a list, which has no name.</summary>
internal readonly record struct LenientMember(string? Name, LenientValue Value)
{
    /// <summary>Whether it has a name, whatever its case and separators.</summary>
    public bool IsNamed(string name) => Name is not null && Bare(Name).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether its name has a word in it.</summary>
    public bool Names(string word) => Name is not null && Bare(Name).Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name)
        => name.All(char.IsAsciiLetterOrDigit) ? name : string.Concat(name.Where(char.IsAsciiLetterOrDigit));
}

/// <summary>An object or list whose end has not come yet.</summary>
/// <param name="opener">The bracket that it began with.</param>
internal sealed class LenientNest(LenientValue value, char opener)
{
    private bool _isAfterValue;

    public LenientValue Value => value;

    public char Opener => opener;

    /// <summary>The name that the next value of an object gets.</summary>
    public string? Name { get; set; }

    /// <summary>Whether it is an object that expects a name.</summary>
    public bool IsNameless => value.Kind == LenientKind.Object && Name is null;

    /// <summary>Whether a value is due here, rather than a comma or a name.</summary>
    public bool ExpectsValue => value.Kind == LenientKind.Object ? Name is not null : !_isAfterValue;

    /// <summary>Whether it is a list with an object in it.</summary>
    public bool HoldsObjects { get; private set; }
        = value.Kind == LenientKind.List && value.Members.Any(item => item.Value.Kind == LenientKind.Object);

    /// <summary>Takes a member or an item in.</summary>
    public void Take(LenientValue item)
    {
        value.Add(Name, item);
        HoldsObjects |= value.Kind == LenientKind.List && item.Kind == LenientKind.Object;
        ExpectNext();
        _isAfterValue = true;
    }

    /// <summary>A comma has come.</summary>
    public void ExpectNext()
    {
        Name = null;
        _isAfterValue = false;
    }
}
