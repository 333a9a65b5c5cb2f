using System.Diagnostics;
using System.Diagnostics.Metrics;
using PelNas.Shared.Llm;

namespace PelNas.Functions.Tests.Support;

/// <summary>All spans and measurements of the chat's telemetry, as text.</summary>
internal sealed class TelemetryDump
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    /// <summary>Listens until what it returns is disposed.</summary>
    public IDisposable Listen()
    {
        ActivityListener spans = new()
        {
            ShouldListenTo = source => source.Name == ChatPipeline.TelemetrySource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _lines.Enqueue(
                $"{span.DisplayName} {span.Status} {span.StatusDescription} {Tags(span.TagObjects)} "
                    + $"{string.Join(' ', span.Events.Select(item => $"{item.Name} {Tags(item.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(spans);
        MeterListener measurements = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ChatPipeline.TelemetrySource)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        measurements.SetMeasurementEventCallback<int>(
            (instrument, value, tags, _) => _lines.Enqueue($"{instrument.Name} {value} {Tags(tags.ToArray())}"));
        measurements.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => _lines.Enqueue($"{instrument.Name} {value} {Tags(tags.ToArray())}"));
        measurements.Start();
        return new Both(spans, measurements);
    }

    private static string Tags(IEnumerable<KeyValuePair<string, object?>> tags)
        => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed record Both(IDisposable First, IDisposable Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
