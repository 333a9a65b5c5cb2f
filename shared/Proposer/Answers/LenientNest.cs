namespace PelNas.Shared.Proposer.Answers;

/// <summary>An object or list whose end has not come yet.</summary>
/// <param name="value">The value.</param>
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
