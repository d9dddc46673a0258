{{ crm_warehouse.accepted('crm', 'erasures') }}
