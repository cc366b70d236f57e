package dev.sluice.devkit.kubernetes.contract;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The whole contract on a real API server: what is asked of ours is asked of that one too. */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("dev.sluice.devkit.kubernetes.contract")
@IncludeClassNamePatterns(".*IT")
@ConfigurationParameter(key = KubernetesWorld.PARAMETER, value = KubernetesWorld.REAL)
class ContractKT {}
