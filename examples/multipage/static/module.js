globalThis.moduleRuns = (globalThis.moduleRuns ?? 0) + 1;

const show = () => {
  const output = document.getElementById('module-runs');
  if (output) output.value = globalThis.moduleRuns;
};

// A module is evaluated once; what it does for each page, it does on turbo:load.
document.addEventListener('turbo:load', show);
show();
