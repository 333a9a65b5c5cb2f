using Microsoft.Extensions.DependencyInjection;
using PelNas.Cli.Devices;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Measuring;
using PelNas.Shared.Reports;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Searching;

/// <summary>
/// Measures the predicted latencies of a front and draws it again, until no point of it is predicted. Where the device was not measured on
/// this machine, it draws the front with the measurements in force and says which cells are still to be measured.
/// </summary>
/// <param name="services">The app.</param>
internal sealed class FrontVerification(IServiceProvider services)
{
    // A measurement changes the predictions of others, and so which points are on the front.
    private const int MaxPasses = 8;

    public async Task<(RunContent Content, RunContext Context)> RunAsync(
        RunContent content, RunContext context, CancellationToken cancellationToken)
    {
        if (context.Benchmark.Uncertainty is null || context.Request.IsLatencyTold())
        {
            Console.Error.WriteLine(
                $"pelnas: --verify-front: no latency of a front on {context.Benchmark.Device} is predicted; there is nothing to measure");
            return (content, context);
        }

        SearchRequest request = context.Request;
        DeviceRepository devices = services.GetRequiredService<DeviceRepository>();
        BenchmarkCatalog catalog = services.GetRequiredService<BenchmarkCatalog>();
        for (int pass = 0; ; pass++)
        {
            DeviceTable table = (await devices.GetAsync(request.Device, request.Dataset, version: null, cancellationToken))!;
            context = context with { Benchmark = await catalog.GetContextAsync(request, table.Version, cancellationToken) };
            content = RedrawnFront.Draw(content, context);
            IEnumerable<FrontPoint> points = content.Front?.Points ?? [];
            int[] open = [.. points.Where(point => point.LatencyFrom == FrontPoint.Predicted).Select(point => point.Index)];
            if (open.Length == 0)
            {
                return (content, context);
            }

            if (pass == MaxPasses || LocalTiming.Again(table.Setup) is not { } timing)
            {
                Console.Error.WriteLine(
                    $"pelnas: --verify-front: {open.Length} latencies of the front are predicted. Measure the cells "
                    + $"{string.Join(", ", open)}, add them with those measured before by "
                    + $"'pelnas devices add {request.Device} --dataset {request.Dataset} --measurements FILE', then draw the front again "
                    + $"by 'pelnas search --resume {content.Run.RunId} --verify-front'.");
                return (content, context);
            }

            IReadOnlyList<MeasuredCell> measured = await timing.RunAsync(open, new TimingLog(null), cancellationToken);
            DeviceTable renewed = table.With(
                measured, TimeProvider.System.GetUtcNow(), context.Space, services.GetRequiredService<LatencyEstimator>());
            await devices.PutAsync(renewed with { Setup = timing.Setup }, cancellationToken);
        }
    }
}
