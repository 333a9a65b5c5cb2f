namespace PelNas.Functions;

/// <summary>Settings of the app, from the configuration section <c>PelNas</c>.</summary>
public sealed class PelNasOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas";

    /// <summary>Folder of the embedded store, created when it is missing.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Folder of the benchmark tables; empty for those that ship with the app.</summary>
    public string TablesDirectory { get; set; } = "";
}

/// <summary>Settings of labels by training, from the configuration section <c>PelNas:Training</c>.</summary>
public sealed class LabelTrainingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = $"{PelNasOptions.Section}:Training";

    /// <summary>Folder whose subfolders of images searches over HTTP may train on; empty for none.</summary>
    public string Images { get; set; } = "";
}
