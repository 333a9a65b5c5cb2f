using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Predictor.Priors;

/// <summary>
/// A belief about accuracy that can be evaluated: each step of a trait between two values adds so many points, in cells that keep to
/// some bounds.
/// </summary>
/// <param name="Trait">One of <see cref="CellTraits.Names"/>.</param>
/// <param name="From">Value from which the trait counts.</param>
/// <param name="To">Value up to which it counts.</param>
/// <param name="Delta">Percentage points per step; negative where it harms.</param>
/// <param name="Confidence">0 (a guess) to 1 (certain); the effect is weighted by it.</param>
/// <param name="Where">Bounds that all have to hold; none for every cell.</param>
/// <param name="Text">The rule in words. Untrusted.</param>
public sealed record PriorRule(
    string Trait, int From, int To, double Delta, double Confidence, IReadOnlyList<TraitBound> Where, string Text)
{
    /// <summary>What the rule adds to a cell's accuracy, points.</summary>
    public double Effect(CellTraits traits, int index)
        => Where.All(bound => bound.Holds(traits, index))
            ? Delta * Confidence * (Math.Clamp(traits.Of(index, Trait), From, To) - From)
            : 0;
}

/// <summary>Cells that should not be labelled: those that keep to all of some bounds.</summary>
/// <param name="Where">The bounds, one or more.</param>
/// <param name="Text">The veto in words. Untrusted.</param>
public sealed record PriorVeto(IReadOnlyList<TraitBound> Where, string Text)
{
    /// <summary>Whether a cell is meant.</summary>
    public bool Meets(CellTraits traits, int index) => Where.Count > 0 && Where.All(bound => bound.Holds(traits, index));
}

/// <summary>A bound on a trait.</summary>
/// <param name="Trait">One of <see cref="CellTraits.Names"/>.</param>
/// <param name="AtLeast">Least value, or null.</param>
/// <param name="AtMost">Greatest value, or null.</param>
public sealed record TraitBound(string Trait, int? AtLeast = null, int? AtMost = null)
{
    /// <summary>Whether a cell keeps to it.</summary>
    public bool Holds(CellTraits traits, int index)
    {
        int value = traits.Of(index, Trait);
        return !(value < AtLeast) && !(value > AtMost);
    }
}

/// <summary>A cell and the accuracy expected of it before its label is paid for.</summary>
/// <param name="Accuracy">
/// Expected accuracy, percent where a language model states it and else on any scale; null where none is stated.
/// </param>
public sealed record Expectation(int Index, double? Accuracy);
