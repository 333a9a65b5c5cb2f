using System.Text.Json.Serialization;

namespace PelNas.Shared.Records;

/// <summary>What a model's tokens cost. Saved with every run that was charged by it.</summary>
/// <param name="Model">The model, as the price table or the settings name it.</param>
/// <param name="InputUsdPerMillion">US dollars for a million prompt tokens.</param>
/// <param name="OutputUsdPerMillion">US dollars for a million answer tokens.</param>
/// <param name="AsOf">Date of the price (yyyy-MM-dd), <c>settings</c> where the user gave it, or <c>free</c>.</param>
public sealed record ModelPrice(string Model, double InputUsdPerMillion, double OutputUsdPerMillion, string AsOf)
{
    /// <summary>Whether its tokens cost nothing.</summary>
    [JsonIgnore]
    public bool IsFree => InputUsdPerMillion == 0 && OutputUsdPerMillion == 0;

    /// <summary>The price of what nobody sends a bill for, which is known and not to be taken for an unknown one.</summary>
    public static ModelPrice Free(string model) => new(model, 0, 0, "free");

    /// <summary>US dollars for a number of tokens.</summary>
    public double Usd(long inputTokens, long outputTokens)
        => ((inputTokens * InputUsdPerMillion) + (outputTokens * OutputUsdPerMillion)) / 1e6;
}
