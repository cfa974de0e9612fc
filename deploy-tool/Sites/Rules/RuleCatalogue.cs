using FaceEdge.Deploy.Sites.Validation;


namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>All rules, by id.</summary>
internal static class RuleCatalogue
{
    /// <summary>Rules that look at one site.</summary>
    public static IReadOnlyList<SiteRule> SiteRules { get; } =
    [
        new ValidYaml(),
        new FourFiles(),
        new UniqueKeys(),
        new UniqueObjects(),
        new KnownKind(),
        new StrictSchema(),
        new NamedObject(),
        new NamespacePresent(),
        new DetectorPresent(),
        new PinnedImage(),
        new LocalImageFirst(),
        new Probes(),
        new ResourceLimits(),
        new NonRoot(),
        new ReadOnlyRoot(),
        new NoPrivileges(),
        new Seccomp(),
        new RestrictedNamespace(),
        new SelectorMatchesPods(),
        new SettingsInStep(),
        new KnownSettings(),
        new ReferencesResolve(),
        new ReportedImage(),
        new PromotionCanEdit(),
        new ServiceSelectsPods(),
        new ServicePortExists(),
        new LoadBalancerHasPool(),
        new AddressRanges(),
        new AddressOverlap(),
        new MetalLbNamespace(),
        new PinnedChart(),
        new HostNamespace(),
        new HostProfile(),
        new VirtualMachineClassPresent(),
        new VirtualMachineImage(),
        new VirtualMachineMetadata(),
        new NoSecretValues(),
        new NoClearTextCredentials(),
        new AgentToken(),
        new AgentConfiguration(),
        new AgentLabels(),
        new AgentStorage(),
    ];

    /// <summary>What every rule asks for, those about the whole tree too.</summary>
    public static IReadOnlyList<RuleDescription> All { get; } =
        [.. SiteRules.Select(rule => new RuleDescription(rule.Id, rule.Summary, rule.Remedy, rule.Severity)).Concat(TreeRules.All).Concat(FleetRules.All).Concat(TemplateRules.All).Append(SiteFolders.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
