namespace PelNas.Shared.Chat.Budget;

/// <summary>What a model's tokens cost. Saved with every run that was charged by it.</summary>
/// <param name="Model">The model, as the price table or the settings name it.</param>
/// <param name="InputUsdPerMillion">US dollars for a million prompt tokens.</param>
/// <param name="OutputUsdPerMillion">US dollars for a million answer tokens.</param>
/// <param name="AsOf">Date of the price (yyyy-MM-dd), or <c>settings</c> where the user gave it.</param>
public sealed record ModelPrice(string Model, double InputUsdPerMillion, double OutputUsdPerMillion, string AsOf)
{
    /// <summary>US dollars for a number of tokens.</summary>
    public double Usd(long inputTokens, long outputTokens) => ((inputTokens * InputUsdPerMillion) + (outputTokens * OutputUsdPerMillion)) / 1e6;
}
