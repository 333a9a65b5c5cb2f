using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace PelNas.Shared.Devices.Measuring;

/// <summary>Times inferences of one network in ONNX Runtime on this machine's processor, one image at a time.</summary>
public sealed class OnnxTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly InferenceSession _session;
    private readonly OrtValue _image;
    private readonly RunOptions _run = new();

    /// <summary>Loads a network.</summary>
    /// <param name="model">An ONNX model with one input of floats, whose first dimension is the batch.</param>
    /// <param name="threads">Threads of an inference.</param>
    public OnnxTimer(byte[] model, int threads, TimeProvider time)
    {
        _time = time;
        using SessionOptions options = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Threads that spin between two inferences would take the time of the network that is timed next.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(model, options);
        long[] shape = [.. _session.InputMetadata.Values.Single().Dimensions.Select(size => (long)Math.Max(size, 1))];
        Random random = SeededRandom.For(1, "timed-image");
        float[] pixels = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size))
            .Select(_ => random.NextSingle())];
        _image = OrtValue.CreateTensorValueFromMemory(pixels, shape);
    }

    /// <summary>What runs the networks, with its version.</summary>
    public static string Runtime => $"ONNX Runtime {typeof(InferenceSession).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>This machine's processor and operating system.</summary>
    public static string Machine
    {
        get
        {
            string? model = File.Exists("/proc/cpuinfo")
                ? File.ReadLines("/proc/cpuinfo")
                    .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
                : null;
            return UntrustedText.Line(
                $"{model ?? "processor"} ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.OSDescription}", 200);
        }
    }

    /// <summary>Runs the network once and returns how long that took, ms.</summary>
    public double RunMs()
    {
        long start = _time.GetTimestamp();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, _session.InputNames, [_image], _session.OutputNames);
        return _time.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _image.Dispose();
        _session.Dispose();
    }
}
