using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace PelNas.Local.Host.Timers;

/// <summary>The recorded runs of the app's timers, in one JSON file: function name to <see cref="ScheduleStatus"/>.</summary>
internal sealed class TimerStateStore
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly Dictionary<string, ScheduleStatus> _states;

    /// <param name="path">The file; it need not exist yet.</param>
    /// <exception cref="InvalidDataException">The file is not what this class writes.</exception>
    public TimerStateStore(string path)
    {
        _path = path;
        _states = new Dictionary<string, ScheduleStatus>(Read(path), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is recorded of the timer; null if nothing.</summary>
    public ScheduleStatus? Find(string function)
    {
        lock (_lock)
        {
            return _states.GetValueOrDefault(function);
        }
    }

    /// <summary>Records the timer's state and writes the file.</summary>
    public void Save(string function, ScheduleStatus status)
    {
        lock (_lock)
        {
            _states[function] = status;
            PrivateFile.Write(_path, JsonSerializer.Serialize(_states, Json));
        }
    }

    private static Dictionary<string, ScheduleStatus> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, ScheduleStatus>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path} is not a file of timer runs: {exception.Message} Delete it to forget the recorded runs.", exception);
        }
    }
}
