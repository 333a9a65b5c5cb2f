using PelNas.Shared.Devices;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// <c>GET /devices/{name}/suggestions</c>: the cells to measure on a device, the most telling first. Of a device that nothing is stored of
/// they are the first ones, which are the same for every device.
/// </summary>
public sealed class SuggestMeasurements(DeviceRepository uploads, BenchmarkCatalog catalog, LatencyEstimator estimator)
{
    private const int UsualCount = 10;

    [Function(nameof(SuggestMeasurements))]
    [QueryNames("dataset", "count")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices/{name}/suggestions")] HttpRequest request, string name,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? requested = query.Text("dataset");
        int count = query.WholeNumber("count", 1, MeasurementChoice.MaxCount) ?? UsualCount;
        query.Check();

        DeviceAnswers.CheckName(name);
        if (await DeviceAnswers.FindAsync(catalog, name, cancellationToken) is not { } device)
        {
            return Answer(name, 0, MeasurementChoice.Begin(count));
        }

        string dataset = DeviceAnswers.Choose(device, requested);
        if (catalog.IsBuiltIn(name)
            || (await uploads.GetAsync(name, dataset, version: null, cancellationToken))?.Measured is not { } measured)
        {
            throw Problems.Conflict($"All cells of '{name}' have a latency for {dataset}; there is nothing to suggest.");
        }

        // For a data set without scores, those of another tell small cells from large just as well.
        string scored = catalog.Tables.Datasets.Contains(dataset) ? dataset : catalog.Tables.Datasets[0];
        IReadOnlyList<double> worth = catalog.Tables.GetTrainingFreeScore(scored, MeasurementChoice.StandIn);
        return Answer(name, measured.Cells.Count, MeasurementChoice.Continue(estimator, measured.Cells, worth, count));
    }

    private IResult Answer(string name, int measured, IReadOnlyList<int> cells)
    {
        ISearchSpace space = catalog.Tables.Space;
        return JsonResults.Of(
            new MeasurementSuggestions(name, measured, [.. cells.Select(index => new SuggestedCell(index, space.Format(index)))]));
    }
}

/// <summary>Cells to measure: the answer to <c>GET /devices/{name}/suggestions</c>.</summary>
/// <param name="Measured">Number of cells that are measured already.</param>
/// <param name="Cells">The cells to measure, the most telling first.</param>
public sealed record MeasurementSuggestions(string Device, int Measured, IReadOnlyList<SuggestedCell> Cells);

/// <summary>A cell to measure.</summary>
/// <param name="Architecture">Published notation.</param>
public sealed record SuggestedCell(int Index, string Architecture);
