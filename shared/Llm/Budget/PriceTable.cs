using System.Text.RegularExpressions;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Budget;

/// <summary>The dated price table that ships (<c>prices.json</c>), and the settings that take its place.</summary>
public static partial class PriceTable
{
    /// <summary>How to give a model a price.</summary>
    public const string HowToSet = $"set {ChatProviderOptions.Section}:{nameof(ChatProviderOptions.PriceModel)}, "
        + $"or {nameof(ChatProviderOptions.InputUsdPerMillion)} and {nameof(ChatProviderOptions.OutputUsdPerMillion)}";

    private const string FromSettings = "settings";
    private const string Resource = "PelNas.Shared.Llm.Budget.prices.json";
    private static readonly Lazy<Table> Shipped = new(Load);

    /// <summary>Date of the table that ships, yyyy-MM-dd. A row that was added or looked up again later has a date of its own.</summary>
    public static string AsOf => Shipped.Value.AsOf;

    /// <summary>
    /// The price in force: that of the settings, else that of the table under <see cref="ChatProviderOptions.PriceModel"/> or the
    /// model's name, with or without a date at its end; nothing for models that run on one's own machine; null when it is not known.
    /// </summary>
    public static ModelPrice? Find(ChatProviderOptions options)
    {
        string model = options.PriceModel.Length > 0 ? options.PriceModel : options.Model;
        if (options is { InputUsdPerMillion: { } input, OutputUsdPerMillion: { } output })
        {
            return new ModelPrice(model, input, output, FromSettings);
        }

        if (options.Provider is ChatProviders.Ollama or ChatProviders.Offline)
        {
            return ModelPrice.Free(model);
        }

        string undated = DateAtEnd().Replace(model, "");
        return Shipped.Value.Models.FirstOrDefault(row => row.Model.Equals(undated, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new ModelPrice(found.Model, found.InputUsdPerMillion, found.OutputUsdPerMillion, found.AsOf ?? AsOf)
            : null;
    }

    private static Table Load()
    {
        using Stream stream = typeof(PriceTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The price table is missing from the program; rebuild it.");
        using StreamReader reader = new(stream);
        return PelNasJson.Deserialize<Table>(reader.ReadToEnd());
    }

    [GeneratedRegex(@"-20\d\d-\d\d-\d\d\z")]
    private static partial Regex DateAtEnd();

    private sealed record Table(string AsOf, IReadOnlyList<Row> Models);

    private sealed record Row(string Model, double InputUsdPerMillion, double OutputUsdPerMillion, string? AsOf = null);
}
