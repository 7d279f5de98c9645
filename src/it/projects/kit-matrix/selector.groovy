// this project needs minutes, and the registry's newest versions: 1, or a version of SvelteKit
return System.getenv('KITBRIDGE_KIT_MATRIX') != null
