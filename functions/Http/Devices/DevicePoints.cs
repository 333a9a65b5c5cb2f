using PelNas.Shared.Devices;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Devices;

/// <summary>
/// The cells that were measured on a device of which not all were: the answer to <c>GET /devices/{name}?format=measured</c>.
/// </summary>
/// <param name="Dataset">Data set whose networks were measured.</param>
/// <param name="Cells">The measured cells, fastest first; none where a whole table was stored, of which nothing is predicted.</param>
public sealed record DevicePoints(string Device, string Dataset, IReadOnlyList<DevicePoint> Cells)
{
    internal static DevicePoints Of(DeviceTable table, ISearchSpace space, LatencyEstimator estimator)
    {
        if (table.Measured is not { } measured)
        {
            return new DevicePoints(table.Device, table.Dataset, []);
        }

        IReadOnlyDictionary<int, double> predicted = estimator.LeaveOneOut(measured.Cells);
        return new DevicePoints(
            table.Device,
            table.Dataset,
            [
                .. measured.Cells.OrderBy(cell => cell.LatencyMs ?? double.MaxValue).ThenBy(cell => cell.Index)
                    .Select(cell => new DevicePoint(
                        cell.Index,
                        space.Format(cell.Index),
                        cell.LatencyMs,
                        predicted.TryGetValue(cell.Index, out double ms) ? ms : null,
                        cell.Repeats,
                        cell.SpreadMs)),
            ]);
    }
}

/// <summary>A measured cell beside what the others predict of it.</summary>
/// <param name="Architecture">Published notation.</param>
/// <param name="LatencyMs">Mean of its measurements, ms; null where it does not run.</param>
/// <param name="PredictedMs">What all other measurements predict, ms; null where it does not run.</param>
/// <param name="Repeats">Number of measurements.</param>
/// <param name="SpreadMs">Standard deviation of the measurements, ms; 0 for a single one.</param>
public sealed record DevicePoint(int Index, string Architecture, double? LatencyMs, double? PredictedMs, int Repeats, double SpreadMs);
