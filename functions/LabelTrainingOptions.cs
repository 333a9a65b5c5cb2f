namespace PelNas.Functions;

/// <summary>Settings of labels by training, from the configuration section <c>PelNas:Training</c>.</summary>
public sealed class LabelTrainingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = $"{PelNasOptions.Section}:Training";

    /// <summary>Folder whose subfolders of images searches over HTTP may train on; empty for none.</summary>
    public string Images { get; set; } = "";
}
